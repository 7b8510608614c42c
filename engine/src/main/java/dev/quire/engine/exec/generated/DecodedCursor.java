package dev.quire.engine.exec.generated;

import dev.quire.engine.exec.RowCursor;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** The rows of generated code as ours. Code that fails has met a value that it cannot compute. */
final class DecodedCursor implements RowCursor {
  private final Enumerable<?> rows;
  private final List<RelDataType> types;
  private final List<RowCursor> inputs;
  private @Nullable Enumerator<?> enumerator;

  DecodedCursor(Enumerable<?> rows, RelDataType rowType, List<RowCursor> inputs) {
    this.rows = rows;
    this.types = rowType.getFieldList().stream().map(RelDataTypeField::getType).toList();
    this.inputs = inputs;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    Object current = advance();
    if (current == null) {
      return null;
    }
    @Nullable Object[] encoded = columns(current);
    @Nullable Object[] row = new @Nullable Object[types.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = InternalValues.decode(encoded[i], types.get(i));
    }
    return row;
  }

  /** UNNEST gives rows of several columns as lists; the value of a single one may be a list too. */
  private @Nullable Object[] columns(Object row) {
    if (row instanceof @Nullable Object[] array) {
      return array;
    }
    return row instanceof List<?> list && types.size() > 1 ? list.toArray() : new Object[] {row};
  }

  /** The next row in its internal form; null at the end. */
  private @Nullable Object advance() {
    try {
      Enumerator<?> started = enumerator;
      if (started == null) {
        started = rows.enumerator();
        enumerator = started;
      }
      if (!started.moveNext()) {
        return null;
      }
      Object current = started.current();
      return current == null ? new @Nullable Object[1] : current;
    } catch (SourceException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "a value cannot be computed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    inputs.forEach(RowCursor::close);
  }
}
