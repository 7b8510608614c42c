package dev.quire.export.jdbc;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** Connections by a URL, with the drivers of the class path and of jars that were named. */
final class Drivers {
  private static final String SECRET_BEGINS = "[?;&@].*";

  private Drivers() {}

  /**
   * Connects.
   *
   * @param jars of drivers that are not on the class path
   * @throws SourceException CONFIGURATION where no driver knows the URL
   */
  static Connection connect(String url, List<Path> jars) throws IOException {
    Driver driver = find(url, jars);
    try {
      Connection connection = driver.connect(url, new Properties());
      if (connection == null) {
        throw unknown(url);
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new IOException(
          "cannot connect to " + shown(url) + ": " + withoutUrl(e.getMessage(), url), e);
    }
  }

  private static Driver find(String url, List<Path> jars) throws IOException {
    Optional<Driver> known = DriverManager.drivers().filter(each -> accepts(each, url)).findFirst();
    return known.isPresent()
        ? known.get()
        : named(jars)
            .filter(each -> accepts(each, url))
            .findFirst()
            .orElseThrow(() -> unknown(url));
  }

  private static boolean accepts(Driver driver, String url) {
    try {
      return driver.acceptsURL(url);
    } catch (SQLException e) {
      return false;
    }
  }

  /** The loader stays open as long as the process: the driver loads classes while it works. */
  private static Stream<Driver> named(List<Path> jars) throws MalformedURLException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      Path jar = jars.get(i);
      if (!Files.isRegularFile(jar)) {
        throw new SourceException(ErrorKind.CONFIGURATION, "there is no driver's jar " + jar);
      }
      urls[i] = jar.toUri().toURL();
    }
    ClassLoader loader = new URLClassLoader(urls, Drivers.class.getClassLoader());
    return ServiceLoader.load(Driver.class, loader).stream().map(ServiceLoader.Provider::get);
  }

  private static SourceException unknown(String url) {
    return new SourceException(ErrorKind.CONFIGURATION, "there is no JDBC driver for " + shown(url))
        .withHint("Name the driver's jar: --driver postgresql.jar");
  }

  /** The kind of database alone: the rest may hold a password. */
  static String shown(String url) {
    String[] parts = url.split(":", 3);
    return parts.length < 3 ? "jdbc" : parts[0] + ":" + parts[1];
  }

  private static String withoutUrl(@org.jspecify.annotations.Nullable String message, String url) {
    String text = String.valueOf(message).replace(url, shown(url));
    String secret = url.replaceFirst("^[^?;&@]*", "");
    return secret.matches(SECRET_BEGINS) ? text.replace(secret, "…") : text;
  }
}
