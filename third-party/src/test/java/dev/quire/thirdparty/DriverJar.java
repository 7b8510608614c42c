package dev.quire.thirdparty;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Assumptions;

/** The JDBC driver's jar, in a class loader that sees nothing but it and the JDK. */
public final class DriverJar implements AutoCloseable {
  private final URLClassLoader alone;
  private final Driver driver;

  private DriverJar(URLClassLoader alone) {
    this.alone = alone;
    driver = ServiceLoader.load(Driver.class, alone).findFirst().orElseThrow();
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

  @Override
  public void close() throws IOException {
    alone.close();
  }
}
