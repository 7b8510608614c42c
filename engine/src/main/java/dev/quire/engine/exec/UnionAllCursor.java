package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of several inputs, each opened when the one before it has ended. */
final class UnionAllCursor implements RowCursor {
  private final Iterator<Operator> inputs;
  private final Demand demand;
  private volatile @Nullable RowCursor current;
  private volatile boolean closed;
  private long delivered;

  UnionAllCursor(List<Operator> inputs, Demand demand) {
    this.inputs = inputs.iterator();
    this.demand = demand;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (!closed) {
      RowCursor cursor = current;
      @Nullable Object[] row = cursor == null ? null : cursor.next();
      if (row != null) {
        delivered++;
        return row;
      }
      if (cursor != null) {
        cursor.close();
      }
      if (!inputs.hasNext()) {
        closed = true;
        return null;
      }
      current = inputs.next().open(Operator.after(demand, delivered));
    }
    return null;
  }

  @Override
  public void close() {
    closed = true;
    RowCursor cursor = current;
    if (cursor != null) {
      cursor.close();
    }
  }
}
