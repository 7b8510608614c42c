package dev.quire.engine.exec;

import dev.quire.engine.spill.Spill;
import dev.quire.engine.spill.SpillEngine;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows that operators hold in memory below a share of the heap, and knows where others
 * go. One for all statements of an engine. Thread-safe.
 */
public final class MemoryGuard {
  /** The share of the largest heap that rows may take where they cannot go elsewhere. */
  public static final double DEFAULT_SHARE = 0.6;

  /** The share where they can; what is known stays in the heap while the rest is read. */
  public static final double SHARE_BEFORE_SPILL = 0.4;

  private final long limit;
  private final @Nullable SpillEngine spills;
  private final AtomicLong used = new AtomicLong();

  /**
   * A guard that refuses what does not fit.
   *
   * @param limit bytes
   */
  public MemoryGuard(long limit) {
    this(limit, null);
  }

  /**
   * @param limit bytes
   * @param spills where rows go that do not fit; closed by its owner
   */
  public MemoryGuard(long limit, @Nullable SpillEngine spills) {
    this.limit = limit;
    this.spills = spills;
  }

  /** A guard over this JVM's heap. */
  public static MemoryGuard ofHeap(@Nullable SpillEngine spills) {
    double share = spills == null ? DEFAULT_SHARE : SHARE_BEFORE_SPILL;
    return new MemoryGuard((long) (Runtime.getRuntime().maxMemory() * share), spills);
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
    private @Nullable Spill spill;
    private boolean closed;

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
      if (!holds(bytes)) {
        throw refusal();
      }
    }

    /**
     * Adds bytes, whether they fit or not: the operator holds them already.
     *
     * @return whether all that is held fits
     * @throws SourceException OUT_OF_MEMORY if it does not, and cannot go elsewhere
     */
    boolean fits(long bytes) {
      boolean holds = holds(bytes);
      if (!holds && spills == null) {
        throw refusal();
      }
      return holds;
    }

    private boolean holds(long bytes) {
      held.addAndGet(bytes);
      return used.addAndGet(bytes) <= limit;
    }

    SourceException refusal() {
      SourceException refusal =
          new SourceException(
              ErrorKind.OUT_OF_MEMORY,
              String.format(
                  Locale.ROOT,
                  "%s would hold more than %,d MB of rows in memory",
                  operator,
                  limit >> 20));
      return refusal.withHint(
          "Ask for fewer rows or columns, or give the process a larger heap (-Xmx)"
              + (spills == null
                  ? "; with the module quire-duckdb-engine on the class path, rows that do not fit"
                      + " go to disk."
                  : "; this operator cannot go on on disk."));
    }

    void remove(long bytes) {
      held.addAndGet(-bytes);
      used.addAndGet(-bytes);
    }

    /** Where the rows go that do not fit; they are no longer held. */
    Spill spill() {
      if (spills == null) {
        throw refusal();
      }
      Spill opened = spills.open();
      synchronized (this) {
        if (!closed) {
          spill = opened;
          return opened;
        }
      }
      opened.close();
      throw new SourceException(ErrorKind.CANCELLED, "the result was closed");
    }

    String operator() {
      return operator;
    }

    /** Nothing is held any more. */
    void release() {
      used.addAndGet(-held.getAndSet(0));
    }

    @Override
    public void close() {
      release();
      Spill opened;
      synchronized (this) {
        opened = spill;
        spill = null;
        closed = true;
      }
      if (opened != null) {
        opened.close();
      }
    }
  }
}
