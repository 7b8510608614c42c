package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.Table;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;

/** A source's table as Calcite sees it. Immutable. */
final class SourceTable extends AbstractTable {
  private final ScanTarget target;

  SourceTable(ScanTarget target) {
    this.target = target;
  }

  ScanTarget target() {
    return target;
  }

  Table table() {
    return target.table();
  }

  boolean isHidden(String column) {
    return table()
        .schema()
        .findColumn(column)
        .filter(found -> found.has(Column.Trait.HIDDEN))
        .isPresent();
  }

  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataTypeFactory.Builder builder = factory.builder();
    for (Column column : table().schema().columns()) {
      builder.add(column.name(), SqlTypes.toSql(column.type(), column.nullable(), factory));
    }
    return builder.build();
  }
}
