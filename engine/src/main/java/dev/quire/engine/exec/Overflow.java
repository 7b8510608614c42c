package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.ValueKey;
import dev.quire.engine.spill.KeyBytes;
import dev.quire.engine.spill.RowBytes;
import dev.quire.engine.spill.Spill;
import dev.quire.engine.spill.SpillColumn;
import dev.quire.engine.spill.SpillQuery;
import dev.quire.engine.spill.SpillRows;
import dev.quire.engine.spill.SpillTable;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one operator that do not fit in the heap. While the spill computes, another thread
 * looks whether the statement may go on. One thread at a time.
 */
final class Overflow {
  private static final long MILLIS_PER_CHECK = 50;

  private final Spill spill;
  private final Run run;
  private final MemoryGuard.Account account;

  /** Its rows go to disk from now on; the account is closed by the operator. */
  Overflow(MemoryGuard.Account account, Run run) {
    this.spill = account.spill();
    this.run = run;
    this.account = account;
  }

  SpillTable table() {
    return table(List.of());
  }

  SpillTable table(List<SpillColumn> columns) {
    return guarded(() -> spill.table(columns));
  }

  /**
   * Adds a row.
   *
   * @throws SourceException OUT_OF_MEMORY if a value is of a class that cannot be kept elsewhere
   */
  void add(SpillTable table, byte @Nullable [] key, @Nullable Object[] row) {
    add(table, key, row, List.of());
  }

  void add(
      SpillTable table,
      byte @Nullable [] key,
      @Nullable Object[] row,
      List<@Nullable Object> values) {
    run.tick();
    for (Object value : row) {
      require(value);
    }
    try {
      table.add(key, RowBytes.encode(row), values);
    } catch (SourceException e) {
      throw explained(e);
    }
  }

  private void require(@Nullable Object value) {
    if (value != null && !KeyBytes.supports(value)) {
      throw account.refusal();
    }
  }

  /** Some values as a key whose equality is that of {@link ValueKey}. */
  static byte[] key(KeyBytes bytes, @Nullable Object[] row, int[] columns) {
    for (int column : columns) {
      bytes.add(row[column]);
    }
    return bytes.take();
  }

  /** Starts a query. */
  Rows query(SpillQuery query) {
    return new Rows(guarded(() -> spill.query(query)));
  }

  private <T> T guarded(java.util.function.Supplier<T> work) {
    CountDownLatch done = new CountDownLatch(1);
    Thread watch = new Thread(() -> watch(done), "quire-spill-watch");
    watch.setDaemon(true);
    watch.start();
    try {
      return work.get();
    } catch (SourceException e) {
      throw explained(e);
    } finally {
      done.countDown();
    }
  }

  private void watch(CountDownLatch done) {
    try {
      while (!done.await(MILLIS_PER_CHECK, TimeUnit.MILLISECONDS)) {
        run.check();
      }
    } catch (SourceException e) {
      spill.interrupt();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** If the work was interrupted, why; and which operator it was. */
  private SourceException explained(SourceException fault) {
    if (fault.kind() == ErrorKind.CANCELLED) {
      run.check();
    }
    return fault.withPlace(account.operator());
  }

  /** Rows of a query. */
  final class Rows implements AutoCloseable {
    private final SpillRows rows;

    private Rows(SpillRows rows) {
      this.rows = rows;
    }

    boolean next() {
      run.tick();
      try {
        return rows.next();
      } catch (SourceException e) {
        throw explained(e);
      }
    }

    byte @Nullable [] bytes(int column) {
      return rows.bytes(column);
    }

    long number(int column) {
      return rows.number(column);
    }

    @Nullable Object value(int column) {
      return rows.value(column);
    }

    /** The row that a column holds. */
    @Nullable Object @Nullable [] row(int column) {
      byte[] bytes = rows.bytes(column);
      return bytes == null ? null : RowBytes.decode(bytes);
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
