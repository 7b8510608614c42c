package dev.quire.cli.format;

import java.io.OutputStream;
import java.util.OptionalInt;

/** The formats of a result. */
public enum RowFormat {
  /** Aligned columns, for people. */
  TABLE,
  /** RFC 4180. */
  CSV,
  /** One array of objects, an object a line. */
  JSON,
  /** An object a line, without an array around them. */
  JSONL;

  /**
   * What surrounds the rows.
   *
   * @param width of the terminal in columns; empty when the output is no terminal, and then no
   *     value is cut
   * @param header whether column names come first (table and CSV)
   */
  public record Layout(OptionalInt width, boolean header) {}

  /** A writer in this format; text is UTF-8. */
  public RowWriter open(OutputStream out, Layout layout) {
    return switch (this) {
      case TABLE -> new TableWriter(out, layout);
      case CSV -> new CsvWriter(out, layout.header());
      case JSON -> new JsonWriter(out, true);
      case JSONL -> new JsonWriter(out, false);
    };
  }
}
