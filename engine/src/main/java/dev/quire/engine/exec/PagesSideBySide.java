package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.SplitPosition;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Several splits at a time, each through its page chain in a thread of its own; when one ends, its
 * thread takes the next. What ends one chain ends all.
 */
final class PagesSideBySide implements SplitPages {
  /** The share of the heap that pages may take which nobody has read yet. */
  private static final int HEAP_SHARE = 6;

  private final ScanTarget target;
  private final List<SplitPosition> splits;
  private final ExecutionContext context;
  private final int chains;
  private final PageBuffer buffer;
  private final AtomicInteger nextSplit = new AtomicInteger();
  private final Set<PageChain> open = ConcurrentHashMap.newKeySet();
  private boolean started;
  private volatile boolean closed;

  PagesSideBySide(ScanTarget target, List<SplitPosition> splits, ExecutionContext context) {
    this.target = target;
    this.splits = splits;
    this.context = context;
    this.chains = Math.min(context.parallel().chains(), splits.size());
    this.buffer = new PageBuffer(chains, Runtime.getRuntime().maxMemory() / HEAP_SHARE);
  }

  @Override
  public @Nullable SplitPage next() {
    start();
    try {
      return buffer.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new SourceException(ErrorKind.CANCELLED, "interrupted while waiting for a page", e);
    }
  }

  private void start() {
    if (started) {
      return;
    }
    started = true;
    for (int i = 0; i < chains; i++) {
      int chain = i;
      try {
        context.workers().execute(() -> run(chain));
      } catch (RejectedExecutionException e) {
        fail(new SourceException(ErrorKind.CANCELLED, "the engine was closed", e));
      }
    }
  }

  private void run(int chain) {
    try {
      for (int i = nextSplit.getAndIncrement();
          i < splits.size();
          i = nextSplit.getAndIncrement()) {
        if (!splits.get(i).ended() && !read(chain, i)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      fail(new SourceException(ErrorKind.CANCELLED, "the engine was closed", e));
    } catch (RuntimeException e) {
      fail(e);
    } catch (Error e) {
      fail(new SourceException(ErrorKind.INTERNAL, "reading a split failed: " + e, e));
      throw e;
    } finally {
      buffer.leave();
    }
  }

  /** Reads a split to its end; false if nobody wants that any more. */
  private boolean read(int chain, int split) throws InterruptedException {
    PageChain pages = chain(splits.get(split));
    try {
      while (!pages.ended()) {
        if (!buffer.admit(chain)) {
          return false;
        }
        List<@Nullable Object[]> rows = pages.next();
        if (rows != null) {
          buffer.put(chain, new SplitPage(split, pages.position(), rows, pages.announced()));
        }
      }
      SplitPosition end = pages.position().atEnd();
      buffer.putEnd(chain, new SplitPage(split, end, List.of(), OptionalLong.empty()));
      return true;
    } finally {
      pages.close();
      open.remove(pages);
    }
  }

  private PageChain chain(SplitPosition position) {
    PageChain chain =
        new PageChain(
            target.table(),
            position,
            context.statement(),
            Demand.UNCERTAIN,
            context.workers(),
            target.place());
    open.add(chain);
    if (closed) {
      chain.close();
    }
    return chain;
  }

  private void fail(RuntimeException fault) {
    buffer.fail(fault);
    stop();
  }

  private void stop() {
    closed = true;
    open.forEach(PageChain::close);
  }

  @Override
  public void close() {
    buffer.close();
    stop();
  }
}
