package dev.quire.export.text;

import java.io.OutputStream;

/** The formats that are text for programs; all of them UTF-8. */
public enum TextFormat {
  /** RFC 4180. */
  CSV,
  /** One array of objects, an object a line. */
  JSON,
  /** An object a line, without an array around them. */
  JSONL;

  /**
   * A writer in this format, which does not buffer.
   *
   * @param header whether column names come first (CSV)
   */
  public RowWriter open(OutputStream out, boolean header) {
    return switch (this) {
      case CSV -> new CsvWriter(out, header);
      case JSON -> new JsonWriter(out, true);
      case JSONL -> new JsonWriter(out, false);
    };
  }
}
