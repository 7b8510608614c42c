package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An input that is read once and then given again and again. One thread at a time. */
final class CachedRows implements Operator {
  private final Operator input;
  private final Run run;
  private final MemoryGuard.Account account;
  private @Nullable List<@Nullable Object[]> rows;

  CachedRows(Operator input, Run run, MemoryGuard.Account account) {
    this.input = input;
    this.run = run;
    this.account = account;
    run.onClose(account);
  }

  @Override
  public RowCursor open(Demand demand) {
    return new Reader();
  }

  private List<@Nullable Object[]> read(Reader reader) {
    List<@Nullable Object[]> all = new ArrayList<>();
    RowCursor cursor = input.open(Demand.ALL);
    reader.source = cursor;
    for (@Nullable Object[] row = cursor.next(); row != null; row = cursor.next()) {
      run.tick();
      account.addRow(row);
      all.add(row);
    }
    cursor.close();
    return all;
  }

  private final class Reader implements RowCursor {
    private volatile @Nullable RowCursor source;
    private int position;

    @Override
    public @Nullable Object @Nullable [] next() {
      List<@Nullable Object[]> all = rows;
      if (all == null) {
        all = read(this);
        rows = all;
      }
      run.tick();
      return position < all.size() ? all.get(position++).clone() : null;
    }

    @Override
    public void close() {
      RowCursor cursor = source;
      if (cursor != null) {
        cursor.close();
      }
    }
  }
}
