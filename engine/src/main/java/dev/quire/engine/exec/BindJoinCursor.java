package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ValueKey;
import dev.quire.engine.rel.BindJoinRel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * A join that looks the matching rows up: gathers rows of its input until it has a batch of
 * distinct keys, and scans the other table for those. When all rows are wanted, several look-ups
 * run at a time; rows come out in the input's order.
 */
final class BindJoinCursor implements RowCursor {
  static final int MOST_LOOKUPS = 4;
  private static final int MOST_ROWS = 10_000;

  private final RowCursor input;
  private final BindJoinRel node;
  private final BindLookup.Maker lookups;
  private final Evaluator condition;
  private final int inFlight;
  private final Evaluator[] inputKey;
  private final Deque<BindLookup> batches = new ArrayDeque<>();
  private volatile boolean closed;
  private boolean inputEnded;
  private @Nullable Object @Nullable [] pending;
  private Iterator<@Nullable Object[]> rows = List.<@Nullable Object[]>of().iterator();
  private @Nullable JoinTable found;
  private @Nullable Object[] left = {};
  private boolean matched = true;
  private Iterator<JoinTable.Entry> candidates = List.<JoinTable.Entry>of().iterator();

  BindJoinCursor(
      RowCursor input,
      BindJoinRel node,
      Evaluator condition,
      Demand demand,
      BindLookup.Maker lookups) {
    this.input = input;
    this.node = node;
    this.lookups = lookups;
    this.condition = condition;
    this.inFlight = demand.isAll() ? MOST_LOOKUPS : 1;
    this.inputKey = new Evaluator[] {new Evaluator.Column(node.inputKey())};
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (!closed) {
      @Nullable Object[] result = match();
      if (result != null) {
        return result;
      }
      JoinTable table = found;
      if (table != null && rows.hasNext()) {
        left = rows.next();
        matched = false;
        candidates = table.matches(inputKey, left).iterator();
      } else if (!advance()) {
        return null;
      }
    }
    lookups.run().check();
    return null;
  }

  /** Goes on to the next batch; false at the end. */
  private boolean advance() {
    BindLookup done = batches.poll();
    if (done != null && found != null) {
      done.close();
    } else if (done != null) {
      batches.addFirst(done);
    }
    found = null;
    while (batches.size() < inFlight && !inputEnded) {
      gather();
    }
    BindLookup first = batches.peek();
    if (first == null) {
      return false;
    }
    found = first.await();
    rows = first.rows().iterator();
    return true;
  }

  private void gather() {
    BindLookup.Batch batch = new BindLookup.Batch();
    @Nullable Object[] row = pending != null ? pending : input.next();
    pending = null;
    while (row != null) {
      lookups.run().tick();
      Object value = row[node.inputKey()];
      Object key = ValueKey.normalize(value);
      boolean isNew = key != null && !batch.keys.containsKey(key);
      boolean isFull = isNew && batch.keys.size() >= node.batchSize();
      if (isFull || batch.rows.size() >= MOST_ROWS) {
        pending = row;
        break;
      }
      batch.rows.add(row);
      if (isNew && value != null) {
        batch.keys.put(key, value);
      }
      row = input.next();
    }
    if (row == null) {
      inputEnded = true;
      input.close();
    }
    if (!batch.rows.isEmpty()) {
      batches.add(lookups.start(batch, inFlight > 1));
    }
  }

  private @Nullable Object @Nullable [] match() {
    while (candidates.hasNext()) {
      @Nullable Object[] both = JoinCursor.joined(left, candidates.next().row);
      if (Boolean.TRUE.equals(condition.eval(both))) {
        matched = true;
        if (node.joinType().projectsRight()) {
          return both;
        }
        candidates = List.<JoinTable.Entry>of().iterator();
        return node.joinType() == JoinRelType.SEMI ? left : null;
      }
    }
    if (matched) {
      return null;
    }
    matched = true;
    return switch (node.joinType()) {
      case LEFT -> JoinCursor.joined(left, new @Nullable Object[lookups.width()]);
      case ANTI -> left;
      default -> null;
    };
  }

  @Override
  public void close() {
    closed = true;
    input.close();
    lookups.close();
  }
}
