package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.ValueKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A join whose way is chosen by what its input turns out to be: few keys are looked up, many make
 * the other side be read whole. The rows that were read to find out are given to the chosen way
 * first.
 */
final class AdaptiveJoinCursor implements RowCursor {
  /** Rows that are read ahead at most before the other side is read whole. */
  private static final int MOST_ROWS = 10_000;

  private final RowCursor input;
  private final Choice choice;
  private final Demand demand;
  private final Run run;
  private final MemoryGuard.Account account;
  private final Deque<@Nullable Object[]> first = new ArrayDeque<>();
  private volatile @Nullable RowCursor chosen;
  private volatile boolean closed;

  /**
   * The two ways. Immutable.
   *
   * @param driver where a way finds its input
   * @param key index of the key in the input's rows
   * @param mostKeys distinct keys up to which {@code keyed} is taken
   */
  record Choice(Driver driver, Operator keyed, Operator whole, int key, int mostKeys) {}

  /** The input of a way: the rows of whichever run opened it last. One thread at a time. */
  static final class Driver implements Operator {
    private RowCursor rows = ListCursor.EMPTY;

    @Override
    public RowCursor open(Demand demand) {
      return rows;
    }
  }

  AdaptiveJoinCursor(
      RowCursor input, Choice choice, Demand demand, Run run, MemoryGuard.Account account) {
    this.input = input;
    this.choice = choice;
    this.demand = demand;
    this.run = run;
    this.account = account;
    run.onClose(account);
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    RowCursor way = chosen;
    if (way == null) {
      boolean isSmall = readsToItsEnd();
      choice.driver().rows = new Replay();
      way = (isSmall ? choice.keyed() : choice.whole()).open(demand);
      chosen = way;
      if (closed) {
        way.close();
      }
    }
    return way.next();
  }

  /** Reads the input; false once it has more keys or rows than may be looked up. */
  private boolean readsToItsEnd() {
    Set<Object> keys = new HashSet<>();
    while (first.size() < MOST_ROWS && keys.size() <= choice.mostKeys()) {
      @Nullable Object[] row = input.next();
      if (row == null) {
        return true;
      }
      run.tick();
      account.addRow(row);
      first.add(row);
      Object key = ValueKey.normalize(row[choice.key()]);
      if (key != null) {
        keys.add(key);
      }
    }
    return false;
  }

  @Override
  public void close() {
    closed = true;
    input.close();
    RowCursor way = chosen;
    if (way != null) {
      way.close();
    }
  }

  /** The rows that were read first, then the rest. */
  private final class Replay implements RowCursor {
    @Override
    public @Nullable Object @Nullable [] next() {
      @Nullable Object[] row = first.poll();
      if (row == null) {
        return input.next();
      }
      account.remove(RowSize.of(row));
      return row;
    }

    @Override
    public void close() {
      input.close();
    }
  }
}
