package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.chain.ScanPosition;
import dev.quire.chain.SplitPosition;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of one scan, and where it stands. Asks for nothing before the first row is wanted. */
final class ScanCursor implements RowCursor {
  private static final long NEVER = -1;

  private final ScanTarget target;
  private final ScanRequest request;
  private final Demand demand;
  private final ExecutionContext context;
  private final Run run;
  private boolean divides = true;
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
  }

  /** Begins where that place says, and tells it how far it is. */
  ScanCursor at(Positions.Place<ScanPosition> given) {
    place = given;
    splits = new ArrayList<>(given.start().splits());
    place.toldBy(this::where);
    return this;
  }

  /** Takes the parts that the table has anyway, and asks for no others: for a few rows by key. */
  ScanCursor undivided() {
    divides = false;
    return this;
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
    return current.rows().get(position++);
  }

  private boolean advance() {
    if (ended) {
      return false;
    }
    run.check();
    leavePage();
    SplitPage next = pages().next();
    if (next == null) {
      ended = true;
      return false;
    }
    splits.set(next.split(), next.start());
    if (!next.start().ended()) {
      page = next;
      report(next);
    }
    return true;
  }

  private void leavePage() {
    SplitPage done = page;
    if (done != null) {
      splits.set(done.split(), done.after(position));
      page = null;
      position = 0;
    }
  }

  private SplitPages pages() {
    SplitPages current = pages;
    if (current == null) {
      if (splits.isEmpty()) {
        target.table().splits(request, parts(), context.statement()).stream()
            .map(SplitPosition::start)
            .forEach(splits::add);
      }
      List<SplitPosition> all = List.copyOf(splits);
      current =
          isSideBySide()
              ? new PagesSideBySide(target, all, context)
              : new PagesInTurn(target, all, demand, context);
      pages = current;
      if (closed) {
        current.close();
      }
    }
    return current;
  }

  private int parts() {
    return divides && request.isDivisible() && demand.equals(Demand.ALL)
        ? context.parallel().parts()
        : 1;
  }

  /** In no order, and only where all rows will be read: else pages would be fetched in vain. */
  private boolean isSideBySide() {
    return context.parallel().chains() > 1
        && demand.equals(Demand.ALL)
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
      int unsettled = givenIn == place.pull() ? 1 : 0;
      now.set(current.split(), current.after(position - unsettled));
    }
    return new ScanPosition(now);
  }

  @Override
  public void close() {
    closed = true;
    SplitPages current = pages;
    if (current != null) {
      current.close();
    }
  }
}
