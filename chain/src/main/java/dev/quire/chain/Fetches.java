package dev.quire.chain;

import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.SourceException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The fetches of one chain that are under way: the page that its reader wants next, and, while the
 * reader waits for that one and its rows are still made, the page after it. So there is never more
 * than one page on its way that nobody has asked for. One reader; {@link #cancel} may come from
 * another thread.
 */
final class Fetches {
  private final PageFetcher fetcher;
  private final CallScope scope;
  private final Executor executor;
  private final LoopGuard guard;
  private final boolean overlap;
  private @Nullable Fetch upcoming;
  private boolean cancelled;

  /**
   * @param overlap whether every page will be read, so that a page may be asked for when its
   *     continuation is known and nothing else
   */
  Fetches(
      PageFetcher fetcher, CallScope scope, Executor executor, LoopGuard guard, boolean overlap) {
    this.fetcher = fetcher;
    this.scope = scope;
    this.executor = executor;
    this.guard = guard;
    this.overlap = overlap;
  }

  /** One page. Its state is guarded by the fetches' lock. */
  private final class Fetch {
    private final Optional<Continuation> from;
    private final long number;
    private final FutureTask<Page> task;
    private boolean isWanted;
    private boolean isReaders;
    private Optional<Continuation> next = Optional.empty();
    private @Nullable Fetch after;

    Fetch(Optional<Continuation> from, long number) {
      this.from = from;
      this.number = number;
      Consumer<Continuation> told = overlap ? this::told : any -> {};
      this.task = new FutureTask<>(() -> scope.ofPage(number, () -> fetcher.fetch(from, told)));
    }

    private void told(Continuation continuation) {
      synchronized (Fetches.this) {
        next = Optional.of(continuation);
      }
      overlap(this);
    }

    /** A reader that fetches by itself is not interrupted: its scope aborts the request. */
    void cancel() {
      if (!isReaders) {
        task.cancel(true);
      }
      if (after != null) {
        after.cancel();
      }
    }
  }

  /** Begins a page that nobody waits for yet, unless it was begun. */
  void begin(Optional<Continuation> from, long number) {
    Fetch fetch = new Fetch(from, number);
    synchronized (this) {
      if (isUnderWay(from)) {
        return;
      }
      upcoming = fetch;
    }
    if (!execute(fetch)) {
      drop();
    }
  }

  /** Whether that page is the one that was begun; if another was, it is given up. */
  private boolean isUnderWay(Optional<Continuation> from) {
    Fetch begun = upcoming;
    if (begun != null && !begun.from.equals(from)) {
      begun.cancel();
      upcoming = null;
    }
    return upcoming != null;
  }

  /**
   * Waits for a page, or fetches it here if it was not begun. A page that failed is fetched anew
   * the next time.
   */
  Page take(Optional<Continuation> from, long number) {
    Fetch fetch = wanted(from, number);
    overlap(fetch);
    if (fetch.isReaders) {
      fetch.task.run();
    }
    boolean done = false;
    try {
      Page page = result(fetch.task);
      done = true;
      return page;
    } finally {
      leave(fetch, done);
    }
  }

  private synchronized Fetch wanted(Optional<Continuation> from, long number) {
    Fetch fetch = isUnderWay(from) ? upcoming : null;
    if (fetch == null) {
      fetch = new Fetch(from, number);
      fetch.isReaders = true;
      upcoming = fetch;
    }
    fetch.isWanted = true;
    return fetch;
  }

  /** Begins nothing more for it, and does not keep, in a row of links, all pages that follow. */
  private synchronized void leave(Fetch fetch, boolean done) {
    if (!done && fetch.after != null) {
      fetch.after.cancel();
    }
    upcoming = done ? fetch.after : null;
    fetch.after = null;
    fetch.isWanted = false;
  }

  /** Begins the page after one that the reader waits for, as soon as it is known where it is. */
  private void overlap(Fetch fetch) {
    Fetch after;
    synchronized (this) {
      if (cancelled
          || !fetch.isWanted
          || fetch.after != null
          || fetch.next.filter(next -> !guard.knows(next)).isEmpty()) {
        return;
      }
      after = new Fetch(fetch.next, fetch.number + 1);
      fetch.after = after;
    }
    if (!execute(after)) {
      synchronized (this) {
        fetch.after = null;
      }
    }
  }

  /** False if there is no thread for it now: it is fetched when it is asked for. */
  private boolean execute(Fetch fetch) {
    try {
      executor.execute(fetch.task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private synchronized void drop() {
    upcoming = null;
  }

  private static Page result(FutureTask<Page> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(ErrorKind.CANCELLED, "interrupted while waiting for a page", e);
    } catch (CancellationException e) {
      throw new SourceException(ErrorKind.CANCELLED, "the scan was closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new SourceException(
          ErrorKind.INTERNAL, "fetching a page failed: " + e.getCause(), e.getCause());
    }
  }

  /** Gives up what is under way, and begins nothing more by itself. */
  synchronized void cancel() {
    cancelled = true;
    if (upcoming != null) {
      upcoming.cancel();
    }
  }
}
