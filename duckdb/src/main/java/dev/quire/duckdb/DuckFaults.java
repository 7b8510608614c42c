package dev.quire.duckdb;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** DuckDB's faults as Quire's. */
public final class DuckFaults {
  private static final Pattern TRACE = Pattern.compile("(?s)\\s*\\n\\s*at [\\w.$/]+\\(.*");
  private static final Pattern ADVICE = Pattern.compile("(?s)\\n\\s*\\n.*");

  private DuckFaults() {}

  /**
   * A fault of a statement, a value or a file.
   *
   * @param doing what failed, as {@code reading sales.parquet}
   */
  public static SourceException of(String doing, Throwable fault) {
    if (fault instanceof SourceException known) {
      return known;
    }
    String text = text(fault);
    String lower = text.toLowerCase(Locale.ROOT);
    ErrorKind kind = kind(lower);
    SourceException made = new SourceException(kind, doing + ": " + text, fault);
    String hint = hint(kind, lower);
    return hint == null ? made : made.withHint(hint);
  }

  /** DuckDB's words in one line, without a Java stack trace and without its own settings. */
  static String text(Throwable fault) {
    String message = fault.getMessage() == null ? fault.toString() : fault.getMessage();
    String first = ADVICE.matcher(TRACE.matcher(message).replaceFirst("")).replaceFirst("");
    return first.strip().replaceAll("\\s*\\n\\s*", " ");
  }

  private static ErrorKind kind(String text) {
    if (text.startsWith("interrupt error") || text.contains("interrupted")) {
      return ErrorKind.CANCELLED;
    }
    if (text.startsWith("out of memory error") || isDiskFull(text)) {
      return ErrorKind.OUT_OF_MEMORY;
    }
    if (text.startsWith("io error") || text.startsWith("permission error")) {
      return ErrorKind.CONFIGURATION;
    }
    if (text.startsWith("conversion error") || text.startsWith("out of range error")) {
      return ErrorKind.INVALID_VALUE;
    }
    return text.startsWith("invalid input error")
        ? ErrorKind.MALFORMED_RESPONSE
        : ErrorKind.INTERNAL;
  }

  private static boolean isDiskFull(String text) {
    return text.contains("no space left")
        || text.contains("disk full")
        || text.contains("not enough space")
        || text.contains("max_temp_directory_size");
  }

  private static @Nullable String hint(ErrorKind kind, String text) {
    if (isDiskFull(text)) {
      return "Free space there, or set "
          + DuckSettings.SPILL_FOLDER.name()
          + " to a folder on a larger disk.";
    }
    if (kind == ErrorKind.OUT_OF_MEMORY) {
      return "Raise " + DuckSettings.MEMORY.name() + ", or ask for fewer rows or columns.";
    }
    return kind == ErrorKind.CONFIGURATION && text.contains("lock on file")
        ? "Another process has the file open; end it, or use another file."
        : null;
  }
}
