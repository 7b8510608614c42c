package dev.quire.engine.exec;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows that operators hold in memory below a share of the heap. One for all statements of
 * an engine. Thread-safe.
 */
public final class MemoryGuard {
  /** The share of the largest heap that rows may take. */
  public static final double DEFAULT_SHARE = 0.6;

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /**
   * @param limit bytes
   */
  public MemoryGuard(long limit) {
    this.limit = limit;
  }

  /** A guard over this JVM's heap. */
  public static MemoryGuard ofHeap() {
    return new MemoryGuard((long) (Runtime.getRuntime().maxMemory() * DEFAULT_SHARE));
  }

  /** Bytes that are held now, as estimated. */
  public long used() {
    return used.get();
  }

  /** An account of one operator, for example {@code ORDER BY}. */
  Account open(String operator) {
    return new Account(operator);
  }

  /** What one operator holds. One thread at a time, but {@link #close} may come from another. */
  final class Account implements AutoCloseable {
    private final String operator;
    private final AtomicLong held = new AtomicLong();

    private Account(String operator) {
      this.operator = operator;
    }

    void addRow(@Nullable Object[] row) {
      add(RowSize.of(row));
    }

    /**
     * @throws SourceException OUT_OF_MEMORY
     */
    void add(long bytes) {
      held.addAndGet(bytes);
      if (used.addAndGet(bytes) > limit) {
        throw new SourceException(
                ErrorKind.OUT_OF_MEMORY,
                String.format(
                    Locale.ROOT,
                    "%s would hold more than %,d MB of rows in memory",
                    operator,
                    limit >> 20))
            .withHint("Ask for fewer rows or columns, or give the process a larger heap (-Xmx).");
      }
    }

    void remove(long bytes) {
      held.addAndGet(-bytes);
      used.addAndGet(-bytes);
    }

    @Override
    public void close() {
      used.addAndGet(-held.getAndSet(0));
    }
  }
}
