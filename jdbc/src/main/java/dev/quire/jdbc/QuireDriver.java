package dev.quire.jdbc;

import dev.quire.spi.Property;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The driver of {@code jdbc:quire:}. A URL names a configuration file ({@code jdbc:quire:} finds
 * {@code quire.yaml} as the command line does, {@code jdbc:quire:config=PATH}), or describes its
 * one source: {@code jdbc:quire:odata:url=https://…;auth=bearer;auth.token=${env:TOKEN}}.
 * Thread-safe.
 */
public final class QuireDriver implements Driver {
  static {
    try {
      DriverManager.registerDriver(
          new QuireDriver(), () -> SharedEngines.OF_THE_DRIVER.closeIdle());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(String url, @Nullable Properties info) throws SQLException {
    return acceptsURL(url) ? open(url, info == null ? new Properties() : info) : null;
  }

  static Connection open(String url, Properties info) throws SQLException {
    ConnectionKeys keys = ConnectionKeys.of(url, info);
    ConnectionSettings settings = ConnectionSettings.of(keys);
    SharedEngines.Lease lease =
        SqlErrors.translating(
            () -> {
              EngineSpec spec = EngineSpec.of(keys);
              return SharedEngines.OF_THE_DRIVER.lease(spec, spec::open);
            });
    try {
      return new QuireConnection(lease, settings);
    } catch (SQLException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public boolean acceptsURL(String url) {
    return ConnectionUrl.isOurs(url);
  }

  /** Every key that a connection of this URL may have. The value of a secret is not repeated. */
  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    ConnectionKeys keys = ConnectionKeys.of(url, info == null ? new Properties() : info);
    List<Property> known = ConnectionKeys.known(keys.connector());
    return known.stream().map(each -> info(each, keys)).toArray(DriverPropertyInfo[]::new);
  }

  private static DriverPropertyInfo info(Property property, ConnectionKeys keys) {
    Optional<String> given = keys.find(property.name());
    String value = property.isSecret() ? null : given.or(property::defaultValue).orElse(null);
    DriverPropertyInfo info = new DriverPropertyInfo(property.name(), value);
    info.required = property.required();
    info.description = (property.isSecret() ? "Secret. " : "") + property.description();
    info.choices = choices(property);
    return info;
  }

  private static String @Nullable [] choices(Property property) {
    return switch (property.kind()) {
      case CHOICE -> property.choices().toArray(new String[0]);
      case BOOLEAN -> new String[] {"true", "false"};
      default -> null;
    };
  }

  @Override
  public int getMajorVersion() {
    return DriverVersion.MAJOR;
  }

  @Override
  public int getMinorVersion() {
    return DriverVersion.MINOR;
  }

  /** False: there are no writes and no transactions. */
  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
    throw SqlErrors.unsupported("the driver writes no log");
  }
}
