package dev.quire.engine.plan;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.util.List;

/**
 * What a statement gives and takes. Immutable.
 *
 * @param columns of its result
 * @param parameters the types that its places ask for, one for each {@code ?}; VARCHAR where the
 *     statement does not tell
 */
public record Prepared(List<Column> columns, List<DataType> parameters) {
  public Prepared {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }
}
