package dev.quire.rest.spec;

import dev.quire.spi.Column;

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
}
