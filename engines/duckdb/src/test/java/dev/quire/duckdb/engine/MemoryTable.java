package dev.quire.duckdb.engine;

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
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/** A table whose rows are made as its pages are asked for; it counts them. */
final class MemoryTable implements Table {
  private final TableSchema schema;
  private final int size;
  private final int pageSize;
  private final IntFunction<Object[]> rows;
  final AtomicInteger fetches = new AtomicInteger();

  /**
   * @param rows the values of all columns by the row's number
   */
  MemoryTable(
      String name, List<Column> columns, int size, int pageSize, IntFunction<Object[]> rows) {
    this.schema = new TableSchema(TableName.of(name), columns);
    this.size = size;
    this.pageSize = pageSize;
    this.rows = rows;
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return Pushdown.nothing(wanted);
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    int[] columns =
        split.scan().columns().stream()
            .mapToInt(name -> schema.columns().indexOf(schema.findColumn(name).orElseThrow()))
            .toArray();
    return new PageFetcher() {
      @Override
      public Page fetch(Optional<Continuation> from) {
        fetches.incrementAndGet();
        int start = from.map(each -> Integer.parseInt(each.value())).orElse(0);
        int end = Math.min(size, start + pageSize);
        List<Object[]> page = new ArrayList<>();
        for (int i = start; i < end; i++) {
          page.add(narrowed(rows.apply(i), columns));
        }
        return new Page(
            page, end < size ? Optional.of(new Continuation("" + end)) : Optional.empty());
      }

      @Override
      public RequestPreview firstRequest() {
        return new RequestPreview("GET", schema.name().name(), Map.of(), Optional.empty());
      }
    };
  }

  private static Object[] narrowed(Object[] row, int[] columns) {
    Object[] narrowed = new Object[columns.length];
    for (int i = 0; i < columns.length; i++) {
      narrowed[i] = row[columns[i]];
    }
    return narrowed;
  }
}
