package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Evaluator;
import org.jspecify.annotations.Nullable;

/** The rows for which a condition is true. */
final class FilterCursor implements RowCursor {
  private final RowCursor input;
  private final Evaluator condition;

  FilterCursor(RowCursor input, Evaluator condition) {
    this.input = input;
    this.condition = condition;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    @Nullable Object[] row = input.next();
    while (row != null && !Boolean.TRUE.equals(condition.eval(row))) {
      row = input.next();
    }
    return row;
  }

  @Override
  public void close() {
    input.close();
  }
}
