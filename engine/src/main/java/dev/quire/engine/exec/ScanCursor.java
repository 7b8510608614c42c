package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.chain.ScanPosition;
import dev.quire.chain.SplitPosition;
import dev.quire.engine.pages.PageIndex;
import dev.quire.engine.pages.PageStart;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of one scan, and where it stands. Asks for nothing before the first row is wanted. */
final class ScanCursor implements RowCursor {
  private static final long NEVER = -1;

  /** How services say that a continuation is no longer good, and how its page does. */
  private static final Set<ErrorKind> LOST =
      EnumSet.of(ErrorKind.REJECTED, ErrorKind.NOT_FOUND, ErrorKind.OUTDATED);

  private final ScanTarget target;
  private final ScanRequest request;
  private final Demand demand;
  private final ExecutionContext context;
  private final Run run;
  private boolean divides = true;
  private volatile Optional<PageIndex> index = Optional.empty();
  private long leftOut;
  private final Optional<KeyOrder> order;
  private @Nullable Object lastKey;
  private @Nullable Object keyBefore;
  private boolean hasRead;
  private Positions.Place<ScanPosition> place = Positions.untold();
  private List<SplitPosition> splits = new ArrayList<>();
  private volatile @Nullable SplitPages pages;
  private @Nullable SplitPage page;
  private int position;
  private long givenIn = NEVER;
  private boolean ended;
  private volatile boolean closed;

  ScanCursor(
      ScanTarget target, ScanRequest request, Demand demand, ExecutionContext context, Run run) {
    this.target = target;
    this.request = request;
    this.demand = demand;
    this.context = context;
    this.run = run;
    this.order = KeyOrder.of(target.table(), request);
  }

  /** Begins where that place says, and tells it how far it is. */
  ScanCursor at(Positions.Place<ScanPosition> given) {
    place = given;
    splits = new ArrayList<>(given.start().splits());
    place.toldBy(this::where);
    return this;
  }

  /**
   * Takes the parts that the table has anyway, asks for no others, and keeps no starts of pages:
   * for a few rows by key.
   */
  ScanCursor undivided() {
    divides = false;
    return this;
  }

  @Override
  public long leaveOut(long most) {
    if (most == 0 || !isFromStart()) {
      return 0;
    }
    run.check();
    divide();
    Optional<PageStart> known = index.flatMap(each -> each.nearest(most));
    return known.isPresent() && beginsAt(known.get()) ? leftOut : 0;
  }

  private boolean isFromStart() {
    return place.start().isStart();
  }

  /** Reads the page that begins there; false, and back at the first row, if it is not there. */
  private boolean beginsAt(PageStart known) {
    PageIndex starts = index.orElseThrow();
    SplitPosition first = splits.get(0);
    splits.set(0, known.position(first.split()));
    starts.begin(known);
    leftOut = known.row();
    try {
      advance();
    } catch (SourceException e) {
      stop();
      splits.set(0, first);
      leftOut = 0;
      starts.giveUp(e);
      return false;
    }
    starts.tellUse();
    context.listener().leftOut(target.place(), leftOut);
    return true;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    place.settle();
    SplitPage current = page;
    while (current == null || position >= current.rows().size()) {
      if (!advance()) {
        return null;
      }
      current = page;
    }
    givenIn = place.pull();
    @Nullable Object[] row = current.rows().get(position++);
    if (order.isPresent()) {
      keyBefore = lastKey;
      lastKey = order.get().keyOf(row);
    }
    return row;
  }

  private boolean advance() {
    if (ended) {
      return false;
    }
    run.check();
    leavePage();
    SplitPage next = read();
    if (next == null) {
      ended = true;
      return false;
    }
    splits.set(next.split(), next.start().withRest(splits.get(next.split()).rest()));
    if (next.start().ended()) {
      lastKey = null;
      keyBefore = null;
      index.ifPresent(each -> each.keep(true));
    } else {
      page = next;
      index.ifPresent(each -> each.read(next.start(), next.rows().size()));
      report(next);
    }
    return true;
  }

  private @Nullable SplitPage read() {
    try {
      SplitPage next = pages().next();
      hasRead = true;
      return next;
    } catch (SourceException e) {
      if (hasRead || isFromStart() || !LOST.contains(e.kind())) {
        throw e;
      }
      return readByKey(e);
    }
  }

  /** The service does not take the place to resume at: what is left is asked for by key. */
  private @Nullable SplitPage readByKey(SourceException lost) {
    int first = 0;
    while (splits.get(first).ended()) {
      first++;
    }
    Optional<Split> rest = splits.get(first).rest();
    boolean isFirstPage = splits.get(first).checkpoint().page().isEmpty();
    if (rest.isEmpty() || (isFirstPage && lost.kind() != ErrorKind.OUTDATED)) {
      throw lost;
    }
    if (!place.goesOnByKey()) {
      throw new SourceException(lost.kind(), lost.problem(), lost)
          .withPlace(lost.place().orElse(target.place()))
          .withHint(
              "The rows come in the order of the table's key, so that the statement can go on"
                  + " behind the last one: --resume --by-key. Or read it again from its start"
                  + " (--restart).");
    }
    context
        .statement()
        .warn(
            target.place()
                + ": the place to resume at is no longer good ("
                + lost.problem()
                + "); went on behind the key of the last row");
    stop();
    splits.set(first, SplitPosition.start(rest.get()).withRest(rest));
    return pages().next();
  }

  private void leavePage() {
    SplitPage done = page;
    if (done != null) {
      splits.set(done.split(), done.after(position).withRest(rest(done.split(), lastKey)));
      page = null;
      position = 0;
    }
  }

  private SplitPages pages() {
    SplitPages current = pages;
    if (current == null) {
      divide();
      List<SplitPosition> all = List.copyOf(splits);
      current =
          isSideBySide()
              ? new PagesSideBySide(target, all, context)
              : new PagesInTurn(target, all, Operator.after(demand, leftOut), context);
      pages = current;
      if (closed) {
        current.close();
      }
    }
    return current;
  }

  private void divide() {
    if (!splits.isEmpty()) {
      return;
    }
    target.table().splits(request, parts(), context.statement()).stream()
        .map(SplitPosition::start)
        .forEach(splits::add);
    if (divides && isFromStart() && splits.size() == 1) {
      index = context.pages().find(target, splits.get(0).split(), context.statement());
    }
  }

  private int parts() {
    return divides && request.isDivisible() && demand.isAll() ? context.parallel().parts() : 1;
  }

  /** In no order, and only where all rows will be read: else pages would be fetched in vain. */
  private boolean isSideBySide() {
    return context.parallel().chains() > 1
        && demand.isAll()
        && request.order().isEmpty()
        && splits.stream().filter(each -> !each.ended()).count() > 1;
  }

  private void report(SplitPage read) {
    SplitPosition start = read.start();
    context
        .listener()
        .pageRead(
            target.place(),
            start.split(),
            start.checkpoint(),
            read.rows().size(),
            read.announced());
  }

  private ScanPosition where() {
    List<SplitPosition> now = new ArrayList<>(splits);
    SplitPage current = page;
    if (current != null) {
      boolean unsettled = givenIn == place.pull();
      SplitPosition here = current.after(position - (unsettled ? 1 : 0));
      Optional<Split> rest = rest(current.split(), unsettled ? keyBefore : lastKey);
      now.set(current.split(), here.withRest(rest));
    }
    return new ScanPosition(now);
  }

  /** What is left of a split behind a row of this run; without one, what was left before. */
  private Optional<Split> rest(int split, @Nullable Object key) {
    SplitPosition known = splits.get(split);
    return key == null ? known.rest() : order.flatMap(each -> each.rest(known.split(), key));
  }

  private void stop() {
    SplitPages current = pages;
    if (current != null) {
      current.close();
      pages = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    SplitPages current = pages;
    if (current != null) {
      current.close();
    }
    index.ifPresent(each -> each.keep(false));
  }
}
