package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.SplitPosition;
import dev.quire.engine.rel.ScanTarget;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** One split after the other, each through its page chain. */
final class PagesInTurn implements SplitPages {
  private final ScanTarget target;
  private final List<SplitPosition> splits;
  private final Demand demand;
  private final ExecutionContext context;
  private int split = -1;
  private long delivered;
  private volatile @Nullable PageChain chain;
  private volatile boolean closed;

  PagesInTurn(
      ScanTarget target, List<SplitPosition> splits, Demand demand, ExecutionContext context) {
    this.target = target;
    this.splits = splits;
    this.demand = demand;
    this.context = context;
  }

  @Override
  public @Nullable SplitPage next() {
    PageChain current = chain;
    if (current == null) {
      if (closed || !openNext()) {
        return null;
      }
      return next();
    }
    List<@Nullable Object[]> rows = current.next();
    if (rows == null) {
      stop();
      return new SplitPage(split, current.position().atEnd(), List.of(), OptionalLong.empty());
    }
    delivered += rows.size();
    return new SplitPage(split, current.position(), rows, current.announced());
  }

  private boolean openNext() {
    do {
      split++;
    } while (split < splits.size() && splits.get(split).ended());
    if (split >= splits.size()) {
      return false;
    }
    chain =
        new PageChain(
            target.table(),
            splits.get(split),
            context.statement(),
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
