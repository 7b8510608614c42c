package dev.quire.chain;

import dev.quire.spi.CallContext;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one split from the first to the last: the one loop. While a page is consumed, or
 * waited for, the next may be in flight, one ahead and no further, and only when the demand is
 * certain to need it. One thread at a time; {@link #close} may come from another.
 */
public final class PageChain implements AutoCloseable {
  /** So many pages in a row without a row are taken for a chain that will never end. */
  static final int MOST_EMPTY_PAGES = 10_000;

  private final PageFetcher fetcher;
  private final Fetches fetches;
  private final CallScope scope;
  private final CallContext context;
  private final Table table;
  private final Split split;
  private final Demand demand;
  private final String place;
  private final boolean countsAreComparable;
  private final LoopGuard guard = new LoopGuard();

  private Optional<Continuation> upcoming;
  private Optional<Continuation> current;
  private int skip;
  private int skippedOfCurrent;
  private OptionalLong expected;
  private OptionalLong fingerprint = OptionalLong.empty();
  private boolean ended;
  private volatile boolean closed;
  private @Nullable SourceException failure;
  private long pages;
  private long rows;
  private long delivered;
  private int emptyPages;
  private OptionalLong announced = OptionalLong.empty();

  /**
   * Opens a split. Sends nothing.
   *
   * @param place the table as the user knows it, for messages: {@code crm.accounts}
   * @param start where to begin; {@link Checkpoint#START} for the first row
   * @param executor runs the fetch that is one ahead
   */
  public PageChain(
      Table table,
      Split split,
      CallContext context,
      Checkpoint start,
      Demand demand,
      Executor executor,
      String place) {
    this(
        table,
        new SplitPosition(split, start, false, OptionalLong.empty()),
        context,
        demand,
        executor,
        place);
  }

  /**
   * Opens a split where its reader stood. Sends nothing. A page whose first row is not the one that
   * was there is OUTDATED.
   */
  public PageChain(
      Table table,
      SplitPosition position,
      CallContext context,
      Demand demand,
      Executor executor,
      String place) {
    this.table = table;
    this.split = position.split();
    Checkpoint start = position.checkpoint();
    this.scope = new CallScope(context, Optional.of(split.table()));
    this.context = context;
    this.fetcher = opened(table, split, scope);
    this.demand = demand;
    this.fetches =
        new Fetches(fetcher, scope, executor, guard, demand.isAll() && context.mayOverlap(place));
    this.place = place;
    this.ended = position.ended();
    this.expected = position.fingerprint();
    this.upcoming = start.page();
    this.current = start.page();
    this.skip = start.rowsDelivered();
    this.skippedOfCurrent = start.rowsDelivered();
    this.countsAreComparable =
        start.isStart()
            && split.scan().limit().isEmpty()
            && split.scan().offset() == 0
            && split.scan().aggregation().isEmpty();
    upcoming.ifPresent(guard::isNew);
    scope.onCancel(fetches::cancel);
  }

  private static PageFetcher opened(Table table, Split split, CallScope scope) {
    try {
      return table.open(split, scope);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  /**
   * The rows of the next page, which may be none; null at the end of the chain. A failed fetch
   * throws, and may be asked for again: the same page is fetched. After a loop, and after a close
   * before the end, every call throws: a chain that stopped early never looks complete.
   */
  public @Nullable List<@Nullable Object[]> next() {
    if (failure != null) {
      throw failure;
    }
    if (ended) {
      return null;
    }
    if (closed) {
      throw new SourceException(ErrorKind.CANCELLED, "the scan was closed")
          .withPlace(where(pages + 1));
    }
    Page page = fetchPlaced();
    current = upcoming;
    pages++;
    rows += page.rows().size();
    context.pageRead(place, page.rows().size());
    if (pages == 1) {
      announced = page.announcedTotal();
    }
    fingerprint = RowFingerprint.ofFirst(page.rows());
    List<@Nullable Object[]> fresh = withoutSkipped(page.rows());
    delivered += fresh.size();
    advance(page);
    return fresh;
  }

  private void advance(Page page) {
    Optional<Continuation> next = page.next();
    if (next.isEmpty()) {
      ended = true;
      fetches.cancel();
      compareCounts();
      return;
    }
    if (!guard.isNew(next.get())) {
      throw endless("the service sent the continuation " + next.get() + " a second time");
    }
    emptyPages = page.rows().isEmpty() ? emptyPages + 1 : 0;
    if (emptyPages >= MOST_EMPTY_PAGES) {
      throw endless("the service sent " + emptyPages + " pages in a row without a row");
    }
    upcoming = next;
    if (demand.wantsAhead(delivered)) {
      fetches.begin(next, pages + 1);
    }
  }

  private SourceException endless(String what) {
    failure =
        new SourceException(ErrorKind.LOOP, what + "; going on would never end or repeat rows")
            .withPlace(where(pages))
            .withHint(
                "Report this to the service's operator; a smaller page size or an order may avoid"
                    + " it.");
    return failure;
  }

  private void compareCounts() {
    if (!countsAreComparable) {
      return;
    }
    OptionalLong count = announced.isEmpty() && isCountWanted() ? counted() : announced;
    if (count.isPresent() && count.getAsLong() != rows) {
      String what =
          String.format(
              Locale.ROOT, "the service announced %,d rows and sent %,d", count.getAsLong(), rows);
      if (context.isStrict()) {
        failure =
            new SourceException(ErrorKind.MALFORMED_RESPONSE, what)
                .withPlace(place)
                .withHint("Rows may have changed meanwhile: read again, or without --strict.");
        throw failure;
      }
      context.warn(place + ": " + what);
    }
  }

  /** Only where the scan tells all of the split's bounds. */
  private boolean isCountWanted() {
    return context.isStrict() && split.hints().isEmpty();
  }

  /** Asks for the number, which the pages did not tell. */
  private OptionalLong counted() {
    Optional<RowEstimate> exact =
        table
            .estimateRows(split.scan(), scope)
            .filter(each -> each.certainty() == RowEstimate.Certainty.EXACT);
    if (exact.isEmpty()) {
      context.warn(place + ": the service has no exact count to compare the rows with");
    }
    return exact.map(each -> OptionalLong.of(each.rows())).orElse(OptionalLong.empty());
  }

  private List<@Nullable Object[]> withoutSkipped(List<@Nullable Object[]> all) {
    int skipped = Math.min(skip, all.size());
    if (expected.isPresent() && (skipped < skip || !expected.equals(fingerprint))) {
      throw outdated();
    }
    expected = OptionalLong.empty();
    if (skipped < skip) {
      context.warn(
          String.format(
              Locale.ROOT,
              "%s: resumed at row %,d of a page that now has only %,d; the data has changed",
              place,
              skip,
              skipped));
    }
    skip = 0;
    skippedOfCurrent = skipped;
    return skipped == 0 ? all : all.subList(skipped, all.size());
  }

  private SourceException outdated() {
    failure =
        new SourceException(
                ErrorKind.OUTDATED,
                "the page to resume in has changed: it no longer begins with the row that it began"
                    + " with; going on could lose or repeat rows")
            .withPlace(where(pages))
            .withHint("Read the statement again from its start.");
    return failure;
  }

  private Page fetchPlaced() {
    try {
      return fetches.take(upcoming, pages + 1);
    } catch (SourceException e) {
      if (Thread.currentThread().isInterrupted()) {
        close();
      }
      throw hinted(e).withPlace(where(pages + 1));
    }
  }

  /** Tokens and links die: what is refused in the first page of a resume may be as old as that. */
  private SourceException hinted(SourceException fault) {
    boolean isResume = pages == 0 && upcoming.isPresent();
    boolean isRefused = fault.kind() == ErrorKind.REJECTED || fault.kind() == ErrorKind.NOT_FOUND;
    return isResume && isRefused && fault.hint().isEmpty()
        ? fault.withHint(
            "The service may have forgotten the place to resume at: read the statement again from"
                + " its start.")
        : fault;
  }

  private String where(long page) {
    String where = place + ", page " + String.format(Locale.ROOT, "%,d", page);
    return rows == 0 ? where : where + String.format(Locale.ROOT, ", after %,d rows", rows);
  }

  /** Where to resume after {@code taken} rows of the list that {@link #next} gave last. */
  public Checkpoint checkpoint(int taken) {
    return new Checkpoint(current, skippedOfCurrent + taken);
  }

  /** Where the reader stands before the first row of the list that {@link #next} gave last. */
  public SplitPosition position() {
    return new SplitPosition(split, checkpoint(0), false, fingerprint);
  }

  /** Whether the last page was read, so that {@link #next} gives null. */
  public boolean ended() {
    return ended;
  }

  /** Pages read so far. */
  public long pages() {
    return pages;
  }

  /** Rows read so far, those skipped by a resume included. */
  public long rows() {
    return rows;
  }

  /** The number of rows that the API said the whole scan has, where it said so. */
  public OptionalLong announced() {
    return announced;
  }

  /** Stops: aborts the fetch in flight, sends nothing more. May be repeated. */
  @Override
  public void close() {
    closed = true;
    scope.close();
    fetcher.close();
  }
}
