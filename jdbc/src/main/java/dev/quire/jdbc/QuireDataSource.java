package dev.quire.jdbc;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections as a bean: a URL, and keys beside it. Every key of the configuration page can be set
 * with {@link #setProperty}. Connections are cheap and share what was read of the service, so a
 * pool is not needed and does no harm. Thread-safe once it is set up.
 */
public class QuireDataSource implements DataSource {
  private String url = ConnectionUrl.PREFIX;
  private final Properties properties = new Properties();
  private @Nullable PrintWriter logWriter;
  private int loginTimeout;

  /** The URL as it was set, secrets masked; it can be read even if it is not right. */
  public String getUrl() {
    try {
      return ConnectionKeys.of(url, new Properties()).shownUrl();
    } catch (SQLException e) {
      return ConnectionUrl.PREFIX;
    }
  }

  /**
   * @param given as for the driver; without one, {@code jdbc:quire:} finds {@code quire.yaml}
   */
  public void setUrl(String given) {
    this.url = given;
  }

  /** The configuration file. */
  public void setConfig(String path) {
    properties.setProperty(DriverKeys.CONFIG, path);
  }

  public @Nullable String getConfig() {
    return properties.getProperty(DriverKeys.CONFIG);
  }

  /** Where a table without a schema is looked for. */
  public void setSchema(String name) {
    properties.setProperty(DriverKeys.SCHEMA, name);
  }

  public @Nullable String getSchema() {
    return properties.getProperty(DriverKeys.SCHEMA);
  }

  public void setUser(String name) {
    properties.setProperty(DriverKeys.USER, name);
  }

  public @Nullable String getUser() {
    return properties.getProperty(DriverKeys.USER);
  }

  /** There is no getter: a password is not handed out. */
  public void setPassword(String secret) {
    properties.setProperty(DriverKeys.PASSWORD, secret);
  }

  /** Sets any key of the connector or the driver: {@code auth.token}, {@code max_calls}. */
  public void setProperty(String key, String value) {
    properties.setProperty(key, value);
  }

  /** Sets several keys at once. */
  public void setProperties(Properties more) {
    more.stringPropertyNames().forEach(key -> setProperty(key, more.getProperty(key)));
  }

  @Override
  public Connection getConnection() throws SQLException {
    return open(properties);
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    Properties all = new Properties();
    all.putAll(properties);
    if (user != null) {
      all.setProperty(DriverKeys.USER, user);
    }
    if (password != null) {
      all.setProperty(DriverKeys.PASSWORD, password);
    }
    return open(all);
  }

  private Connection open(Properties all) throws SQLException {
    if (!ConnectionUrl.isOurs(url)) {
      throw SqlErrors.configuration("the URL must begin with " + ConnectionUrl.PREFIX);
    }
    return QuireDriver.open(url, all);
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter writer) {
    logWriter = writer;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeout = seconds;
  }

  /** Opening a connection sends nothing, so this is kept and not needed. */
  @Override
  public int getLoginTimeout() {
    return loginTimeout;
  }

  @Override
  public Logger getParentLogger() throws java.sql.SQLFeatureNotSupportedException {
    throw SqlErrors.unsupported("the driver writes no log");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return Wrapped.as(this, type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }

  @Override
  public String toString() {
    return "QuireDataSource[" + getUrl() + "]";
  }
}
