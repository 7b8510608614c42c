package dev.quire.engine.sys;

import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Continuation;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are made in this process; reading it counts no call. Immutable and
 * thread-safe.
 */
public final class SysTable implements Table {
  private final TableSchema schema;
  private final Set<String> nameColumns;
  private final RowMaker maker;

  /** Makes full rows, in the schema's order, a page at a time; stateless. */
  interface RowMaker {
    Page page(NameFilter wanted, Optional<Continuation> from, CallContext context);
  }

  /**
   * @param nameColumns never NULL, and known before a row is made: conditions on them are pushed
   */
  SysTable(TableSchema schema, Set<String> nameColumns, RowMaker maker) {
    this.schema = schema;
    this.nameColumns = Set.copyOf(nameColumns);
    this.maker = maker;
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  /** What reading it costs, for EXPLAIN. */
  public String reckoning() {
    return nameColumns.isEmpty()
        ? "it is read from memory"
        : "a source that was not asked before is asked for its metadata";
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return Pushdown.filtering(wanted, filter -> NameFilter.judge(filter, nameColumns));
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    return new Fetcher(split.scan(), context);
  }

  private final class Fetcher implements PageFetcher {
    private final ScanRequest scan;
    private final CallContext context;
    private final int[] places;

    Fetcher(ScanRequest scan, CallContext context) {
      this.scan = scan;
      this.context = context;
      List<String> names = schema.columns().stream().map(Column::name).toList();
      this.places = scan.columns().stream().mapToInt(names::indexOf).toArray();
    }

    @Override
    public Page fetch(Optional<Continuation> from) {
      Page full = maker.page(new NameFilter(scan.filters(), scan.columns()), from, context);
      List<@Nullable Object[]> rows = new ArrayList<>(full.rows().size());
      for (@Nullable Object[] row : full.rows()) {
        rows.add(projected(row));
      }
      return new Page(rows, full.next());
    }

    private @Nullable Object[] projected(@Nullable Object[] row) {
      @Nullable Object[] values = new @Nullable Object[places.length];
      for (int i = 0; i < places.length; i++) {
        values[i] = row[places[i]];
      }
      return values;
    }

    @Override
    public RequestPreview firstRequest() {
      return new RequestPreview("READ", "sys." + schema.name(), Map.of(), Optional.empty());
    }
  }
}
