package dev.quire.engine.exec.eval;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What expressions know besides their row. One thread at a time while compiling.
 *
 * @param start when the statement started: the value of CURRENT_TIMESTAMP
 * @param parameters values of the {@code ?} in the statement
 * @param outerRows rows of enclosing queries by their correlation's name
 */
public record EvaluationContext(
    Instant start, List<@Nullable Object> parameters, Map<String, OuterRow> outerRows) {

  public EvaluationContext(Instant start, List<@Nullable Object> parameters) {
    this(start, parameters, new HashMap<>());
  }

  /** The place of the row for which a correlated query runs. */
  public OuterRow outerRow(String correlation) {
    return outerRows.computeIfAbsent(correlation, name -> new OuterRow());
  }

  /** The row for which a correlated query runs at the moment. One thread at a time. */
  public static final class OuterRow {
    private @Nullable Object[] row = {};

    public void set(@Nullable Object[] current) {
      row = current;
    }

    @Nullable Object value(int index) {
      return row[index];
    }
  }
}
