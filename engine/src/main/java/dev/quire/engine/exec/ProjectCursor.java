package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.Evaluator;
import org.jspecify.annotations.Nullable;

/** One computed row per row. */
final class ProjectCursor implements RowCursor {
  private final RowCursor input;
  private final Evaluator[] columns;

  ProjectCursor(RowCursor input, Evaluator[] columns) {
    this.input = input;
    this.columns = columns;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    @Nullable Object[] row = input.next();
    if (row == null) {
      return null;
    }
    @Nullable Object[] projected = new @Nullable Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      projected[i] = columns[i].eval(row);
    }
    return projected;
  }

  @Override
  public long leaveOut(long most) {
    return input.leaveOut(most);
  }

  @Override
  public void close() {
    input.close();
  }
}
