package dev.quire.engine.exec.generated;

import dev.quire.engine.exec.RowCursor;
import java.util.List;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cursor in Calcite's internal form, where a single column is its value alone; they
 * can be read once.
 */
final class EncodedRows extends AbstractEnumerable<@Nullable Object> {
  private final RowCursor cursor;
  private final List<RelDataType> types;

  EncodedRows(RowCursor cursor, RelDataType rowType) {
    this.cursor = cursor;
    this.types = rowType.getFieldList().stream().map(RelDataTypeField::getType).toList();
  }

  @Override
  public Enumerator<@Nullable Object> enumerator() {
    return new Enumerator<>() {
      private @Nullable Object[] row = {};

      @Override
      public @Nullable Object current() {
        return row.length == 1 ? row[0] : row;
      }

      @Override
      public boolean moveNext() {
        @Nullable Object[] next = cursor.next();
        if (next == null) {
          return false;
        }
        row = new @Nullable Object[next.length];
        for (int i = 0; i < next.length; i++) {
          row[i] = InternalValues.encode(next[i], types.get(i));
        }
        return true;
      }

      @Override
      public void reset() {
        throw new UnsupportedOperationException("the rows can be read once");
      }

      @Override
      public void close() {
        cursor.close();
      }
    };
  }
}
