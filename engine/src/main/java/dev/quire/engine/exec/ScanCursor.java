package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one scan: its splits one after the other, each through its page chain. Asks for
 * nothing before the first row is wanted.
 */
final class ScanCursor implements RowCursor {
  private static final int ONE_SPLIT = 1;

  private final ScanTarget target;
  private final ScanRequest request;
  private final Demand demand;
  private final ExecutionContext context;
  private final Run run;
  private @Nullable Iterator<Split> splits;
  private @Nullable Split split;
  private volatile @Nullable PageChain chain;
  private List<@Nullable Object[]> page = List.of();
  private int position;
  private long delivered;
  private volatile boolean closed;

  ScanCursor(
      ScanTarget target, ScanRequest request, Demand demand, ExecutionContext context, Run run) {
    this.target = target;
    this.request = request;
    this.demand = demand;
    this.context = context;
    this.run = run;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    while (position >= page.size()) {
      if (!advance()) {
        return null;
      }
    }
    delivered++;
    return page.get(position++);
  }

  private boolean advance() {
    page = List.of();
    position = 0;
    while (!closed) {
      run.check();
      PageChain current = chain;
      List<@Nullable Object[]> rows = current == null ? null : current.next();
      if (rows != null) {
        page = rows;
        report();
        return true;
      }
      if (!openNext()) {
        return false;
      }
    }
    run.check();
    return false;
  }

  private void report() {
    PageChain current = chain;
    if (current != null && split != null) {
      Checkpoint checkpoint = current.checkpoint(0);
      context
          .listener()
          .pageRead(target.place(), split, checkpoint, page.size(), current.announced());
    }
  }

  private boolean openNext() {
    stop();
    if (splits == null) {
      splits = target.table().splits(request, ONE_SPLIT, context.statement()).iterator();
    }
    if (!splits.hasNext()) {
      closed = true;
      return false;
    }
    split = splits.next();
    chain =
        new PageChain(
            target.table(),
            split,
            context.statement(),
            Checkpoint.START,
            Operator.after(demand, delivered),
            context.workers(),
            target.place());
    if (closed) {
      stop();
    }
    return true;
  }

  private void stop() {
    PageChain current = chain;
    if (current != null) {
      current.close();
      chain = null;
    }
  }

  @Override
  public void close() {
    closed = true;
    stop();
  }
}
