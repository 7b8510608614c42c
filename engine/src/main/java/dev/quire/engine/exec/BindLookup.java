package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** The rows of a bind join's input that share a look-up, and that look-up. */
final class BindLookup {
  private final Batch batch;
  private final FutureTask<JoinTable> task;
  private final RowCursor scan;
  private final MemoryGuard.Account account;

  /** Rows and the distinct keys among them that are not NULL. */
  static final class Batch {
    final List<@Nullable Object[]> rows = new ArrayList<>();
    final Map<Object, Object> keys = new LinkedHashMap<>();
  }

  private BindLookup(
      Batch batch, RowCursor scan, FutureTask<JoinTable> task, MemoryGuard.Account account) {
    this.batch = batch;
    this.scan = scan;
    this.task = task;
    this.account = account;
  }

  List<@Nullable Object[]> rows() {
    return batch.rows;
  }

  /** The rows found, by key. */
  JoinTable await() {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new SourceException(ErrorKind.CANCELLED, "interrupted while waiting for a look-up", e);
    } catch (CancellationException e) {
      throw new SourceException(ErrorKind.CANCELLED, "the result was closed", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException fault) {
        throw fault;
      }
      throw new SourceException(ErrorKind.INTERNAL, "a look-up failed: " + e.getCause(), e);
    }
  }

  void close() {
    scan.close();
    task.cancel(true);
    account.close();
  }

  /** Makes the look-ups of one bind join. */
  static final class Maker {
    private final ScanRel lookup;
    private final KeyFilter filter;
    private final int keyColumn;
    private final ExecutionContext context;
    private final Run run;
    private final Queue<BindLookup> open = new ConcurrentLinkedQueue<>();

    Maker(ScanRel lookup, String column, ExecutionContext context, Run run) {
      this.lookup = lookup;
      this.filter = new KeyFilter(lookup, column);
      this.keyColumn = lookup.request().columns().indexOf(column);
      this.context = context;
      this.run = run;
    }

    Run run() {
      return run;
    }

    /** Columns of the rows that are looked up. */
    int width() {
      return lookup.getRowType().getFieldCount();
    }

    /**
     * Starts a look-up.
     *
     * @param aside in a thread of its own, instead of at once
     */
    BindLookup start(Batch batch, boolean aside) {
      run.check();
      MemoryGuard.Account account = context.memory().open("the join");
      run.onClose(account);
      batch.rows.forEach(account::addRow);
      ScanRequest request = filter.request(batch.keys.values());
      RowCursor scan =
          request == null
              ? ListCursor.EMPTY
              : new ScanCursor(lookup.target(), request, Demand.ALL, context, run).undivided();
      FutureTask<JoinTable> task = new FutureTask<>(() -> read(scan, account));
      BindLookup started = new BindLookup(batch, scan, task, account);
      open.removeIf(each -> each.task.isDone());
      open.add(started);
      if (aside) {
        context.workers().execute(task);
      } else {
        task.run();
      }
      return started;
    }

    private JoinTable read(RowCursor scan, MemoryGuard.Account account) {
      JoinTable table = new JoinTable(List.of(new Evaluator.Column(keyColumn)), false);
      for (@Nullable Object[] row = scan.next(); row != null; row = scan.next()) {
        table.add(row, account);
      }
      scan.close();
      return table;
    }

    void close() {
      open.forEach(BindLookup::close);
    }
  }
}
