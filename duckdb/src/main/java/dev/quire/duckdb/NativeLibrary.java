package dev.quire.duckdb;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Locale;

/**
 * Tells whether DuckDB's library for this machine is there. DuckDB itself prints a stack trace to
 * standard error where it is not, so it is asked before.
 */
final class NativeLibrary {
  private static final String DRIVER = "org.duckdb.DuckDBDriver";

  private static final String LIBRARY_PATH = String.join(".", "java", "library", "path");

  private final String name;

  private NativeLibrary(String name) {
    this.name = name;
  }

  /**
   * @param os and {@code arch} as the system properties {@code os.name} and {@code os.arch} say
   */
  static NativeLibrary of(String os, String arch) {
    return new NativeLibrary("libduckdb_java.so_" + os(os) + "_" + arch(arch));
  }

  static void requireForThisMachine() {
    of(System.getProperty("os.name"), System.getProperty("os.arch"))
        .require(NativeLibrary.class.getClassLoader(), System.getProperty(LIBRARY_PATH, ""));
  }

  private static String os(String name) {
    String lower = name.toLowerCase(Locale.ROOT).strip();
    if (lower.startsWith("windows")) {
      return "windows";
    }
    return lower.startsWith("mac") ? "macos" : lower.replaceAll("[^a-z0-9]", "");
  }

  private static String arch(String name) {
    return switch (name.toLowerCase(Locale.ROOT).strip()) {
      case "x86_64", "amd64" -> "amd64";
      case "aarch64", "arm64" -> "arm64";
      default -> name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.-]", "");
    };
  }

  /**
   * @throws SourceException CONFIGURATION if it is neither in DuckDB's jar, nor beside it, nor on
   *     the library path
   */
  void require(ClassLoader loader, String libraryPath) {
    URL driver = loader.getResource(DRIVER.replace('.', '/') + ".class");
    if (driver == null) {
      throw new SourceException(ErrorKind.CONFIGURATION, "DuckDB's driver is not on the class path")
          .withHint("Add org.duckdb:duckdb_jdbc to it.");
    }
    if (loader.getResource(name) == null && !isBesideTheJar() && !isOn(libraryPath)) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, "DuckDB has no library for this machine (" + name + ")")
          .withHint(
              "Put it beside duckdb_jdbc's jar, or do without: results that fit in the Java heap"
                  + " (-Xmx) need no DuckDB.");
    }
  }

  private static boolean isOn(String libraryPath) {
    String file = System.mapLibraryName("duckdb_java");
    return Arrays.stream(libraryPath.split(File.pathSeparator, -1))
        .anyMatch(folder -> !folder.isEmpty() && Files.exists(Path.of(folder, file)));
  }

  private boolean isBesideTheJar() {
    try {
      Class<?> driver = Class.forName(DRIVER, false, NativeLibrary.class.getClassLoader());
      CodeSource source = driver.getProtectionDomain().getCodeSource();
      return source != null
          && Files.exists(Path.of(source.getLocation().toURI()).resolveSibling(name));
    } catch (ClassNotFoundException | URISyntaxException | IllegalArgumentException e) {
      return false;
    }
  }
}
