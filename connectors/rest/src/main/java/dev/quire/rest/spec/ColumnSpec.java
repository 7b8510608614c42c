package dev.quire.rest.spec;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;

/**
 * A column and where its values come from. Immutable.
 *
 * @param path below the row; without meaning for a given one
 * @param moment how a time is written, in rows and in requests
 * @param given whether rows lack it: every row has the value that the request gave
 */
public record ColumnSpec(Column column, Pointer path, Moment moment, boolean given) {

  public String name() {
    return column.name();
  }

  /** A text that rows lack and a request gives. */
  static ColumnSpec given(String name) {
    return new ColumnSpec(Column.of(name, DataType.VARCHAR), Pointer.ROOT, Moment.ISO, true);
  }

  /**
   * A column of rows.
   *
   * @param type as specs have it: {@code bigint}
   */
  public static ColumnSpec of(String name, String type, Pointer path) {
    return new ColumnSpec(Column.of(name, Columns.typeOf(type)), path, Moment.ISO, false);
  }

  /** Its type as specs have it. */
  public String typeWord() {
    return Columns.wordFor(column.type());
  }
}
