package dev.quire.engine;

import dev.quire.spi.DataType;
import java.util.List;

/**
 * What a statement gives and takes, found without running it. Immutable.
 *
 * @param columns of its result
 * @param parameters the types that its places ask for, one for each {@code ?}; VARCHAR where the
 *     statement does not tell
 */
public record PreparedQuery(List<ResultColumn> columns, List<DataType> parameters) {
  public PreparedQuery {
    columns = List.copyOf(columns);
    parameters = List.copyOf(parameters);
  }
}
