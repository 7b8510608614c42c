package dev.quire.thirdparty;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The JDBC driver's jar, in a class loader that sees nothing but it and the JDK. */
public final class DriverJar implements AutoCloseable {
  private final URLClassLoader alone;
  private final Driver driver;
  private final Driver visible;

  private DriverJar(URLClassLoader alone) {
    this.alone = alone;
    driver = ServiceLoader.load(Driver.class, alone).findFirst().orElseThrow();
    visible = new Visible(driver);
  }

  /** Loads the driver; skips the test where the phase package has made no jar. */
  public static DriverJar load() throws IOException {
    Path jar = Path.of(System.getProperty("quire.jdbc.jar", "no.jar"));
    Assumptions.assumeTrue(Files.exists(jar), "mvn verify makes the driver's jar");
    return new DriverJar(
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader()));
  }

  /** Connects with keys besides those of the URL. */
  public Connection connect(String url, Map<String, String> keys) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(keys);
    return driver.connect(url, properties);
  }

  /** The jar's own data source of a URL. */
  public DataSource dataSource(String url) {
    try {
      Class<?> type = alone.loadClass("dev.quire.jdbc.QuireDataSource");
      DataSource source = (DataSource) type.getConstructor().newInstance();
      type.getMethod("setUrl", String.class).invoke(source, url);
      return source;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the jar has no data source", e);
    }
  }

  /**
   * Lets {@link DriverManager} find it until this is closed: it gives out only what a caller sees.
   */
  public void register() throws SQLException {
    DriverManager.registerDriver(visible);
  }

  /** A driver of this class loader in front of one of another. */
  private record Visible(Driver behind) implements Driver {
    @Override
    public @Nullable Connection connect(String url, Properties keys) throws SQLException {
      return behind.connect(url, keys);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
      return behind.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties keys) throws SQLException {
      return behind.getPropertyInfo(url, keys);
    }

    @Override
    public int getMajorVersion() {
      return behind.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
      return behind.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
      return behind.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      return behind.getParentLogger();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      DriverManager.deregisterDriver(visible);
    } catch (SQLException e) {
      throw new IOException(e);
    }
    alone.close();
  }
}
