package dev.quire.engine;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;

/** One column of a result. */
public record ResultColumn(String name, DataType type, boolean nullable) {
  static ResultColumn of(Column column) {
    return new ResultColumn(column.name(), column.type(), column.nullable());
  }

  Column asColumn() {
    Column column = Column.of(name, type);
    return nullable ? column : column.notNull();
  }
}
