package dev.quire.files;

import static java.util.Objects.requireNonNull;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckType;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A table that DuckDB reads: filters, order, limit and count are its work where they mean the same.
 * Immutable and thread-safe.
 */
final class RelationTable implements Table {
  private final Supplier<DuckDatabase> database;
  private final Relation relation;
  private final Map<String, DuckType> columns;
  private final Conditions conditions;
  private final TableSchema schema;

  /**
   * @param known types of columns, where they are not what DuckDB says
   */
  RelationTable(
      Supplier<DuckDatabase> database,
      Relation relation,
      String name,
      Optional<String> remarks,
      Map<String, DuckType> known) {
    this.database = database;
    this.relation = relation;
    this.columns = relation.columns(database.get());
    columns.replaceAll((column, type) -> known.getOrDefault(column, type));
    this.conditions = new Conditions(columns);
    List<Column> all = new ArrayList<>();
    columns.forEach((column, type) -> all.add(Column.of(column, type.type())));
    this.schema = new TableSchema(TableName.of(name), all, List.of(), List.of(), remarks);
  }

  @Override
  public TableSchema schema() {
    return schema;
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    Pushdown answer = Pushdown.filtering(wanted, this::judge);
    if (!answer.filtersAreExact()) {
      return answer;
    }
    if (wanted.aggregation().isPresent()) {
      return wanted.aggregation().get().isCountAll() ? answer.withAggregation() : answer;
    }
    if (!wanted.order().stream().allMatch(key -> conditions.sorts(key.column()))) {
      return answer;
    }
    Pushdown ordered = wanted.order().isEmpty() ? answer : answer.withOrder();
    Pushdown skipped = wanted.offset() == 0 ? ordered : ordered.withOffset();
    return wanted.limit().isEmpty() ? skipped : skipped.withLimit(Fidelity.EXACT);
  }

  private Fidelity judge(Expression filter) {
    return conditions.find(filter).isPresent() ? Fidelity.EXACT : Fidelity.NONE;
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    ScanRequest scan = split.scan();
    boolean counts = scan.aggregation().isPresent();
    List<DuckType> types =
        counts
            ? List.of(DuckType.parse("BIGINT"))
            : scan.columns().stream().map(columns::get).toList();
    QueryPages.Query query = new QueryPages.Query(select(scan, counts), types, relation);
    return new QueryPages(database, query, scan.pageSize(), context);
  }

  private String select(ScanRequest scan, boolean counts) {
    StringBuilder sql = new StringBuilder("SELECT ").append(counts ? "COUNT(*)" : selected(scan));
    sql.append(" FROM ").append(relation.from());
    if (!scan.filters().isEmpty()) {
      sql.append(" WHERE ").append(where(scan.filters()));
    }
    if (!scan.order().isEmpty()) {
      sql.append(" ORDER BY ")
          .append(scan.order().stream().map(RelationTable::key).collect(Collectors.joining(", ")));
    }
    scan.limit().ifPresent(rows -> sql.append(" LIMIT ").append(rows));
    return scan.offset() == 0 ? sql.toString() : sql.append(" OFFSET " + scan.offset()).toString();
  }

  /** Without a column there are rows all the same. */
  private String selected(ScanRequest scan) {
    return scan.columns().isEmpty()
        ? "1"
        : scan.columns().stream()
            .map(name -> requireNonNull(columns.get(name)).selection(DuckDatabase.identifier(name)))
            .collect(Collectors.joining(", "));
  }

  private String where(List<Expression> filters) {
    return filters.stream()
        .map(filter -> "(" + conditions.find(filter).orElseThrow() + ")")
        .collect(Collectors.joining(" AND "));
  }

  private static String key(ScanRequest.SortKey key) {
    return DuckDatabase.identifier(key.column())
        + (key.descending() ? " DESC" : " ASC")
        + (key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
  }
}
