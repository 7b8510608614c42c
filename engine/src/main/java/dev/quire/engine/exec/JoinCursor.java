package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.Evaluator;
import java.util.Collections;
import java.util.Iterator;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * A join by hash: reads the right side in full, then streams the left. Without keys each pair of
 * rows is looked at. If the right side is empty and nothing can come out, the left is never opened.
 * A right side that does not fit is joined outside of the heap.
 */
final class JoinCursor implements RowCursor {
  private final JoinPlan plan;
  private final Demand demand;
  private final Run run;
  private final MemoryGuard.Account account;
  private final Evaluator[] leftKeys;
  private final JoinTable table;
  private volatile @Nullable RowCursor build;
  private volatile @Nullable RowCursor probe;
  private @Nullable SpilledJoin spilled;
  private volatile boolean closed;
  private boolean ended;
  private @Nullable Object[] left = {};
  private boolean leftMatched = true;
  private Iterator<JoinTable.Entry> candidates = Collections.emptyIterator();
  private @Nullable Iterator<JoinTable.Entry> unmatched;

  /** What is joined, and how. Immutable. */
  record JoinPlan(
      Operator left,
      Operator right,
      JoinRelType type,
      JoinCondition condition,
      int leftWidth,
      int rightWidth) {}

  JoinCursor(JoinPlan plan, Demand demand, Run run, MemoryGuard.Account account) {
    this.plan = plan;
    this.demand = demand;
    this.run = run;
    this.account = account;
    this.leftKeys = plan.condition().leftKeys().toArray(new Evaluator[0]);
    this.table = new JoinTable(plan.condition().rightKeys(), keepsRight());
    run.onClose(account);
  }

  private boolean keepsLeft() {
    return plan.type() == JoinRelType.LEFT || plan.type() == JoinRelType.FULL;
  }

  private boolean keepsRight() {
    return plan.type() == JoinRelType.RIGHT || plan.type() == JoinRelType.FULL;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    RowCursor rows = probe;
    if (rows == null && !ended) {
      rows = start();
    }
    if (spilled != null) {
      return rows == null ? null : spilled.next(rows);
    }
    while (rows != null && !ended) {
      @Nullable Object[] found = match();
      if (found != null) {
        return found;
      }
      @Nullable Object[] next = rows.next();
      if (next == null) {
        ended = true;
        rows.close();
      } else {
        left = next;
        leftMatched = false;
        candidates = table.matches(leftKeys, next).iterator();
      }
    }
    return nextUnmatched();
  }

  /** Reads the right side; answers the left, or null if it need not be read. */
  private @Nullable RowCursor start() {
    RowCursor right = plan.right().open(Demand.ALL);
    build = right;
    for (@Nullable Object[] row = right.next(); row != null; row = right.next()) {
      run.tick();
      if (spilled != null) {
        spilled.addRight(row);
      } else if (!table.add(row, account)) {
        spilled = new SpilledJoin(plan, demand, new Overflow(account, run));
        table.moveTo(spilled::addRight);
        account.release();
      }
    }
    right.close();
    boolean nothingComes =
        table.isEmpty()
            && (plan.type() == JoinRelType.INNER
                || plan.type() == JoinRelType.SEMI
                || plan.type() == JoinRelType.RIGHT);
    if (nothingComes || closed) {
      ended = true;
      return null;
    }
    RowCursor opened = plan.left().open(demand);
    probe = opened;
    return opened;
  }

  /** The next row that the present left row gives; null if there is no more. */
  private @Nullable Object @Nullable [] match() {
    while (candidates.hasNext()) {
      run.tick();
      JoinTable.Entry entry = candidates.next();
      @Nullable Object[] both = joined(left, entry.row);
      Evaluator residual = plan.condition().residual();
      if (residual == null || Boolean.TRUE.equals(residual.eval(both))) {
        entry.matched = true;
        leftMatched = true;
        if (plan.type().projectsRight()) {
          return both;
        }
        candidates = Collections.emptyIterator();
        return plan.type() == JoinRelType.SEMI ? left : null;
      }
    }
    if (leftMatched) {
      return null;
    }
    leftMatched = true;
    return plan.type() == JoinRelType.ANTI
        ? left
        : keepsLeft() ? joined(left, new @Nullable Object[plan.rightWidth()]) : null;
  }

  private @Nullable Object @Nullable [] nextUnmatched() {
    if (!keepsRight()) {
      return null;
    }
    Iterator<JoinTable.Entry> rest = unmatched;
    if (rest == null) {
      rest = table.unmatched().iterator();
      unmatched = rest;
    }
    return rest.hasNext() ? joined(new @Nullable Object[plan.leftWidth()], rest.next().row) : null;
  }

  /** A row's values, then another's. */
  static @Nullable Object[] joined(@Nullable Object[] first, @Nullable Object[] second) {
    @Nullable Object[] both = new @Nullable Object[first.length + second.length];
    System.arraycopy(first, 0, both, 0, first.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @Override
  public void close() {
    closed = true;
    RowCursor right = build;
    if (right != null) {
      right.close();
    }
    RowCursor rows = probe;
    if (rows != null) {
      rows.close();
    }
  }
}
