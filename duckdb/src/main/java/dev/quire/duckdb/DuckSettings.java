package dev.quire.duckdb;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Property;
import dev.quire.spi.SourceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much of the machine DuckDB may take. Immutable.
 *
 * @param memory bytes that it keeps in memory, outside of the Java heap; beyond them it writes to
 *     the spill folder
 * @param threads that it computes with
 * @param spillFolder where each process makes a folder of its own for what does not fit
 */
public record DuckSettings(long memory, int threads, Path spillFolder) {
  public static final Property MEMORY =
      Property.of(
              "memory.limit",
              Property.Kind.TEXT,
              "How much memory DuckDB may take outside of the Java heap before it writes to disk:"
                  + " 256MiB, 2GiB.")
          .withDefault("512MiB");
  public static final Property THREADS =
      Property.of("memory.threads", Property.Kind.INTEGER, "How many threads DuckDB computes with.")
          .withDefault("2");
  public static final Property SPILL_FOLDER =
      Property.of(
          "memory.spill_folder",
          Property.Kind.TEXT,
          "Where DuckDB writes what does not fit in memory; removed at the end. Without it, the"
              + " folder for temporary files.");

  /** The keys of these settings. */
  public static final List<Property> PROPERTIES = List.of(MEMORY, THREADS, SPILL_FOLDER);

  private static final Pattern SIZE =
      Pattern.compile("([1-9][0-9]{0,9}) ?([KMGT])(?:i?B)?", Pattern.CASE_INSENSITIVE);

  /** Less would make DuckDB fail at its own bookkeeping. */
  private static final long LEAST_MEMORY = 32L << 20;

  /**
   * Reads the keys that are there; the others have their defaults.
   *
   * @param values by the names of {@link #PROPERTIES}
   * @param base what a relative spill folder is relative to
   * @throws SourceException CONFIGURATION
   */
  public static DuckSettings of(Map<String, String> values, Path base) {
    String folder = values.get(SPILL_FOLDER.name());
    return new DuckSettings(
        size(value(values, MEMORY)),
        threads(value(values, THREADS)),
        folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : base.resolve(folder));
  }

  /** The settings without any configuration. */
  public static DuckSettings defaults() {
    return of(Map.of(), Path.of(""));
  }

  public DuckSettings withMemory(long bytes) {
    return new DuckSettings(bytes, threads, spillFolder);
  }

  public DuckSettings withSpillFolder(Path folder) {
    return new DuckSettings(memory, threads, folder);
  }

  private static String value(Map<String, String> values, Property property) {
    return values.getOrDefault(property.name(), property.defaultValue().orElseThrow());
  }

  private static long size(String text) {
    Matcher matcher = SIZE.matcher(text.strip());
    if (!matcher.matches()) {
      throw fault(MEMORY, "a size such as 512MiB or 2GiB", text);
    }
    int shift = 10 * ("KMGT".indexOf(matcher.group(2).toUpperCase(Locale.ROOT)) + 1);
    long units = Long.parseLong(matcher.group(1));
    long bytes = units > (Long.MAX_VALUE >> shift) ? Long.MAX_VALUE : units << shift;
    if (bytes < LEAST_MEMORY) {
      throw fault(MEMORY, "at least 32MiB", text);
    }
    return bytes;
  }

  private static int threads(String text) {
    if (!text.strip().matches("[1-9][0-9]{0,2}")) {
      throw fault(THREADS, "a whole number from 1 to 999", text);
    }
    return Integer.parseInt(text.strip());
  }

  private static SourceException fault(Property property, String wanted, String given) {
    return new SourceException(
        ErrorKind.CONFIGURATION, property.name() + " must be " + wanted + ", not '" + given + "'");
  }
}
