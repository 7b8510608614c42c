package dev.quire.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The driver's version, written into the jar by the build. Immutable. */
final class DriverVersion {
  static final String TEXT = read();
  static final int MAJOR = part(0);
  static final int MINOR = part(1);

  private DriverVersion() {}

  private static String read() {
    try (InputStream file = DriverVersion.class.getResourceAsStream("version.properties")) {
      Properties properties = new Properties();
      if (file != null) {
        properties.load(file);
      }
      return properties.getProperty("version", "0.0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int part(int index) {
    String[] parts = TEXT.split("[.-]");
    return index < parts.length && parts[index].matches("\\d{1,6}")
        ? Integer.parseInt(parts[index])
        : 0;
  }
}
