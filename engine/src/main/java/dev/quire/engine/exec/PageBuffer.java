package dev.quire.engine.exec;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Pages between the chains that read them and the one reader of the scan. A chain has two pages at
 * most waiting here, and all chains together no more than a bound of bytes. Thread-safe.
 */
final class PageBuffer {
  private static final int MOST_WAITING = 2;
  private static final int SAMPLES = 16;

  private final long mostBytes;
  private final int[] waiting;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long held;
  private long lastBytes;
  private int fetching;
  private int chains;
  private boolean closed;
  private @Nullable RuntimeException failure;

  private record Entry(int chain, SplitPage page, long bytes) {}

  /**
   * @param chains that will put pages here, and each {@link #leave}
   */
  PageBuffer(int chains, long mostBytes) {
    this.chains = chains;
    this.waiting = new int[chains];
    this.mostBytes = mostBytes;
  }

  /** Waits until a chain may fetch its next page; false if nobody wants it any more. */
  synchronized boolean admit(int chain) throws InterruptedException {
    while (!isOver() && !hasRoom(chain)) {
      wait();
    }
    fetching += isOver() ? 0 : 1;
    return !isOver();
  }

  private boolean isOver() {
    return closed || failure != null;
  }

  private boolean hasRoom(int chain) {
    boolean isAlone = fetching == 0 && entries.isEmpty();
    return isAlone
        || (waiting[chain] < MOST_WAITING && held + (fetching + 1) * lastBytes <= mostBytes);
  }

  /** Hands over the page for which the chain was admitted. */
  synchronized void put(int chain, SplitPage page) {
    fetching--;
    lastBytes = bytes(page);
    add(new Entry(chain, page, lastBytes));
  }

  /** Hands over the end of a split. */
  synchronized void putEnd(int chain, SplitPage end) {
    add(new Entry(chain, end, 0));
  }

  private void add(Entry entry) {
    entries.add(entry);
    waiting[entry.chain()]++;
    held += entry.bytes();
    notifyAll();
  }

  /** An estimate, from rows here and there. */
  private static long bytes(SplitPage page) {
    int rows = page.rows().size();
    int step = Math.max(1, rows / SAMPLES);
    long sampled = 0;
    for (int i = 0; i < rows; i += step) {
      sampled += RowSize.of(page.rows().get(i));
    }
    return sampled * step;
  }

  /** A chain will put nothing more. */
  synchronized void leave() {
    chains--;
    notifyAll();
  }

  /** Ends all chains; {@link #take} throws this after the pages that are there already. */
  synchronized void fail(RuntimeException fault) {
    if (failure == null) {
      failure = fault;
    }
    if (fault instanceof SourceException known && known.kind() == ErrorKind.PUSHDOWN_REFUSED) {
      entries.clear();
    }
    notifyAll();
  }

  /** The next page or end of a split; null when every chain has left. */
  synchronized @Nullable SplitPage take() throws InterruptedException {
    while (entries.isEmpty() && chains > 0 && !isOver()) {
      wait();
    }
    Entry entry = entries.poll();
    if (entry != null) {
      waiting[entry.chain()]--;
      held -= entry.bytes();
      notifyAll();
      return entry.page();
    }
    if (failure != null) {
      throw failure;
    }
    return null;
  }

  synchronized void close() {
    closed = true;
    entries.clear();
    Arrays.fill(waiting, 0);
    notifyAll();
  }
}
