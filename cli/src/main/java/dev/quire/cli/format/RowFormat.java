package dev.quire.cli.format;

import dev.quire.export.text.RowWriter;
import dev.quire.export.text.TextFormat;
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
   * @param expanded whether a table shows one value a line
   */
  public record Layout(OptionalInt width, boolean header, Expanded expanded) {
    public Layout(OptionalInt width, boolean header) {
      this(width, header, Expanded.AUTO);
    }

    /** The same, with nothing cut. */
    Layout withoutWidth() {
      return new Layout(OptionalInt.empty(), header, expanded);
    }
  }

  /** When a table shows one value a line instead of one row. */
  public enum Expanded {
    /** Where the terminal has no room for all columns. */
    AUTO,
    ON,
    /** Never: a line is as long as it must be. */
    OFF
  }

  /** A writer in this format; text is UTF-8. */
  public RowWriter open(OutputStream out, Layout layout) {
    return switch (this) {
      case TABLE -> new TableWriter(out, layout);
      case CSV -> TextFormat.CSV.open(out, layout.header());
      case JSON -> TextFormat.JSON.open(out, layout.header());
      case JSONL -> TextFormat.JSONL.open(out, layout.header());
    };
  }
}
