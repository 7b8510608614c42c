package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.EvaluationContext;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/** Runs a correlated query for each row. */
final class CorrelateCursor implements RowCursor {
  private final RowCursor left;
  private final Operator right;
  private final EvaluationContext.OuterRow outer;
  private final JoinRelType type;
  private final int rightWidth;
  private @Nullable Object[] row = {};
  private volatile @Nullable RowCursor inner;
  private boolean matched;

  CorrelateCursor(
      RowCursor left,
      Operator right,
      EvaluationContext.OuterRow outer,
      JoinRelType type,
      int rightWidth) {
    this.left = left;
    this.right = right;
    this.outer = outer;
    this.type = type;
    this.rightWidth = rightWidth;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (true) {
      RowCursor current = inner;
      if (current == null) {
        @Nullable Object[] next = left.next();
        if (next == null) {
          return null;
        }
        row = next;
        matched = false;
        outer.set(next);
        current = right.open(Demand.UNCERTAIN);
        inner = current;
      }
      @Nullable Object[] result = of(current, current.next());
      if (result != null) {
        return result;
      }
    }
  }

  /** What comes out for the present row and one of the inner query; null for nothing yet. */
  private @Nullable Object @Nullable [] of(RowCursor current, @Nullable Object @Nullable [] found) {
    if (found != null && type.projectsRight()) {
      matched = true;
      return JoinCursor.joined(row, found);
    }
    current.close();
    inner = null;
    return switch (type) {
      case LEFT -> matched ? null : JoinCursor.joined(row, new @Nullable Object[rightWidth]);
      case SEMI -> found != null ? row : null;
      case ANTI -> found == null ? row : null;
      default -> null;
    };
  }

  @Override
  public void close() {
    left.close();
    RowCursor current = inner;
    if (current != null) {
      current.close();
    }
  }
}
