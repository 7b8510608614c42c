package dev.quire.engine.exec;

import static java.util.Objects.requireNonNull;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.JoinCursor.JoinPlan;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.SpillQuery.Joined;
import dev.quire.engine.spill.SpillTable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * A join whose right side does not fit in the heap. The left side is read in batches, the first of
 * them small, so that who wants few rows does not wait for all of it.
 */
final class SpilledJoin {
  private static final long FIRST_BATCH = 1_024;
  private static final int GROWTH = 8;

  private final JoinPlan plan;
  private final Overflow overflow;
  private final SpillTable right;
  private final KeyBytes bytes = new KeyBytes();
  private final Deque<Pass> passes = new ArrayDeque<>();
  private @Nullable SpillTable left;
  private long batch;
  private boolean ended;

  SpilledJoin(JoinPlan plan, Demand demand, Overflow overflow) {
    this.plan = plan;
    this.overflow = overflow;
    this.right = overflow.table();
    boolean isWhole =
        plan.type() == JoinRelType.RIGHT || plan.type() == JoinRelType.FULL || demand.isAll();
    this.batch = isWhole ? Long.MAX_VALUE : FIRST_BATCH;
  }

  void addRight(@Nullable Object[] row) {
    add(right, plan.condition().rightKeys(), row);
  }

  private void add(SpillTable table, List<Evaluator> keys, @Nullable Object[] row) {
    for (Evaluator key : keys) {
      Object value = key.eval(row);
      if (value == null) {
        bytes.take();
        overflow.add(table, null, row);
        return;
      }
      bytes.add(value);
    }
    overflow.add(table, bytes.take(), row);
  }

  /** The next row of the join; null at the end. */
  @Nullable Object @Nullable [] next(RowCursor leftRows) {
    while (true) {
      Pass pass = passes.peek();
      if (pass == null) {
        if (!fill(leftRows)) {
          return null;
        }
        continue;
      }
      @Nullable Object[] row = pass.next();
      if (row != null) {
        return row;
      }
      passes.remove().close();
    }
  }

  /** Reads a batch of the left side and joins it; false if nothing is left. */
  private boolean fill(RowCursor leftRows) {
    if (ended) {
      return false;
    }
    if (left != null) {
      left.close();
    }
    SpillTable table = overflow.table();
    left = table;
    while (table.size() < batch) {
      @Nullable Object[] row = leftRows.next();
      if (row == null) {
        ended = true;
        leftRows.close();
        break;
      }
      add(table, plan.condition().leftKeys(), row);
    }
    batch = batch > Long.MAX_VALUE / GROWTH ? batch : batch * GROWTH;
    start(table);
    return true;
  }

  private void start(SpillTable table) {
    Evaluator residual = plan.condition().residual();
    Side normal = new Side(false);
    Side swapped = new Side(true);
    if (residual == null) {
      passes.add(new Plain(new Joined(table, right, kind(), false), null));
      return;
    }
    switch (plan.type()) {
      case INNER ->
          passes.add(new Plain(new Joined(table, right, Joined.Kind.INNER, false), residual));
      case RIGHT -> passes.add(checked(right, table, Joined.Kind.LEFT, swapped));
      case FULL -> {
        passes.add(checked(table, right, Joined.Kind.LEFT, normal));
        passes.add(checked(right, table, Joined.Kind.ANTI, swapped));
      }
      default -> passes.add(checked(table, right, kind(), normal));
    }
  }

  private Joined.Kind kind() {
    return switch (plan.type()) {
      case INNER -> Joined.Kind.INNER;
      case LEFT -> Joined.Kind.LEFT;
      case RIGHT -> Joined.Kind.RIGHT;
      case FULL -> Joined.Kind.FULL;
      case SEMI -> Joined.Kind.SEMI;
      case ANTI -> Joined.Kind.ANTI;
      default -> throw new IllegalStateException(plan.type().name());
    };
  }

  private Pass checked(SpillTable outer, SpillTable inner, Joined.Kind kind, Side side) {
    return new Checked(new Joined(outer, inner, Joined.Kind.LEFT, true), kind, side);
  }

  /** One query over the batch; started when its first row is asked for. */
  private abstract class Pass {
    private final Joined query;
    private Overflow.@Nullable Rows rows;

    Pass(Joined query) {
      this.query = query;
    }

    final Overflow.Rows rows() {
      Overflow.Rows started = rows;
      if (started == null) {
        started = overflow.query(query);
        rows = started;
      }
      return started;
    }

    abstract @Nullable Object @Nullable [] next();

    final void close() {
      if (rows != null) {
        rows.close();
      }
    }
  }

  /** Each pair is a row of the join, if it passes the rest of the condition. */
  private final class Plain extends Pass {
    private final @Nullable Evaluator residual;

    Plain(Joined query, @Nullable Evaluator residual) {
      super(query);
      this.residual = residual;
    }

    @Override
    @Nullable Object @Nullable [] next() {
      while (rows().next()) {
        @Nullable Object[] first = rows().row(1);
        if (!plan.type().projectsRight()) {
          return first;
        }
        @Nullable Object[] second = rows().row(2);
        @Nullable Object[] both =
            JoinCursor.joined(
                first == null ? new @Nullable Object[plan.leftWidth()] : first,
                second == null ? new @Nullable Object[plan.rightWidth()] : second);
        if (residual == null || Boolean.TRUE.equals(residual.eval(both))) {
          return both;
        }
      }
      return null;
    }
  }

  /** Which side of the join is outer, and so how rows stand together. */
  private final class Side {
    private final boolean swapped;

    Side(boolean swapped) {
      this.swapped = swapped;
    }

    @Nullable Object[] both(@Nullable Object[] outer, @Nullable Object[] inner) {
      return swapped ? JoinCursor.joined(inner, outer) : JoinCursor.joined(outer, inner);
    }

    @Nullable Object[] alone(@Nullable Object[] outer) {
      return plan.type().projectsRight()
          ? both(outer, new @Nullable Object[swapped ? plan.leftWidth() : plan.rightWidth()])
          : outer;
    }
  }

  /** The pairs of each outer row come together, and show whether it has a partner at all. */
  private final class Checked extends Pass {
    private final Joined.Kind kind;
    private final Side side;
    private long number = -1;
    private @Nullable Object @Nullable [] outer;
    private boolean matched = true;
    private @Nullable Object @Nullable [] waiting;

    Checked(Joined query, Joined.Kind kind, Side side) {
      super(query);
      this.kind = kind;
      this.side = side;
    }

    @Override
    @Nullable Object @Nullable [] next() {
      @Nullable Object[] kept = waiting;
      waiting = null;
      while (kept == null && rows().next()) {
        kept = begin(rows().number(0));
        @Nullable Object[] pair = pair(rows().row(2));
        if (kept == null) {
          kept = pair;
        } else {
          waiting = pair;
        }
      }
      return kept == null ? begin(-1) : kept;
    }

    /** Goes on to another outer row; answers the one before if it stands alone. */
    private @Nullable Object @Nullable [] begin(long next) {
      if (next == number) {
        return null;
      }
      @Nullable Object[] before = outer;
      boolean isAlone = !matched && kind != Joined.Kind.SEMI;
      number = next;
      matched = next < 0;
      outer = next < 0 ? null : rows().row(1);
      return isAlone ? side.alone(requireNonNull(before)) : null;
    }

    private @Nullable Object @Nullable [] pair(@Nullable Object @Nullable [] inner) {
      if (inner == null || (matched && kind != Joined.Kind.LEFT)) {
        return null;
      }
      @Nullable Object[] row = requireNonNull(outer);
      @Nullable Object[] both = side.both(row, inner);
      if (!Boolean.TRUE.equals(requireNonNull(plan.condition().residual()).eval(both))) {
        return null;
      }
      matched = true;
      return kind == Joined.Kind.LEFT ? both : kind == Joined.Kind.SEMI ? row : null;
    }
  }
}
