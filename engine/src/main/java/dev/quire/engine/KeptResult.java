package dev.quire.engine;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import dev.quire.spi.DataType;
import dev.quire.spi.TableStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A result that becomes a table: one row that says which, when all rows are in it. One thread at a
 * time, but for a cancel.
 */
final class KeptResult implements Result {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("table", DataType.VARCHAR, false),
          new ResultColumn("rows", DataType.BIGINT, false));

  private final Result query;
  private final TableStore.Draft draft;
  private final String table;
  private boolean kept;

  KeptResult(Result query, TableStore.Draft draft, String table) {
    this.query = query;
    this.draft = draft;
    this.table = table;
  }

  @Override
  public List<ResultColumn> columns() {
    return COLUMNS;
  }

  @Override
  public @Nullable Object @Nullable [] next() {
    if (kept) {
      return null;
    }
    for (@Nullable Object @Nullable [] row = query.next(); row != null; row = query.next()) {
      draft.add(row);
    }
    draft.keep(query.verdict().reason());
    kept = true;
    return new Object[] {table, query.rows()};
  }

  @Override
  public long rows() {
    return kept ? 1 : 0;
  }

  @Override
  public Verdict verdict() {
    return kept ? query.verdict() : Verdict.partial("not read to the end");
  }

  @Override
  public Costs costs() {
    return query.costs();
  }

  @Override
  public Progress progress() {
    return query.progress();
  }

  @Override
  public Optional<ResumePoint> resumePoint() {
    return Optional.empty();
  }

  @Override
  public Optional<String> notResumable() {
    return Optional.of("its rows are kept in a table");
  }

  @Override
  public List<String> warnings() {
    return query.warnings();
  }

  @Override
  public List<String> notes() {
    return query.notes();
  }

  @Override
  public void cancel() {
    query.cancel();
  }

  @Override
  public void close() {
    query.close();
    draft.close();
  }
}
