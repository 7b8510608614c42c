package dev.quire.testkit;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.Source;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a source says of its tables, and what it says that it will do. */
abstract class PushdownConformance extends OriginConformance {

  @Test
  public final void the_schema_of_the_table_is_sound() {
    TableSchema schema = table().schema();
    List<String> names = schema.columns().stream().map(Column::name).toList();
    assertThat(schema.name()).isEqualTo(remote().table());
    assertThat(names).doesNotHaveDuplicates().doesNotContain("").isNotEmpty();
    assertThat(names).containsAll(columns(FakeRow.Field.values()));
    assertThat(names).containsAll(schema.key());
    schema
        .references()
        .forEach(
            reference -> {
              assertThat(names).containsAll(reference.columns());
              assertThat(reference.targetColumns()).hasSameSizeAs(reference.columns());
            });
  }

  @Test
  public final void every_value_is_of_the_class_of_its_type() {
    Table table = table();
    List<String> names = everything(table).columns();
    for (Object[] row : readAll(chain())) {
      for (int i = 0; i < row.length; i++) {
        Column column = table.schema().findColumn(names.get(i)).orElseThrow();
        if (row[i] == null) {
          assertThat(column.nullable()).as(column.name() + " may be null").isTrue();
        } else {
          assertThat(row[i]).as(column.name()).isInstanceOf(sample(column.type()).getClass());
        }
      }
    }
  }

  @Test
  public final void tables_are_found_by_name_and_asked_for_once() {
    Source source = source();
    TableName name = remote().table();
    assertThat(source.tables(name.namespace(), statement)).contains(name).doesNotHaveDuplicates();
    assertThat(source.findTable(name, statement)).isPresent();
    int asked = api.requests().size();

    assertThat(source.findTable(inOtherCase(name), statement))
        .hasValueSatisfying(table -> assertThat(table.schema().name()).isEqualTo(name));
    TableName unknown = new TableName(name.namespace(), name.name() + "_x9");
    assertThat(source.findTable(unknown, statement)).isEmpty();
    source.tables(name.namespace(), statement);
    assertThat(api.requests()).as("requests for what was known").hasSize(asked);
    assertThat(rowRequests()).isEmpty();
  }

  private static TableName inOtherCase(TableName name) {
    String upper = name.name().toUpperCase(Locale.ROOT);
    String other = upper.equals(name.name()) ? upper.toLowerCase(Locale.ROOT) : upper;
    return new TableName(name.namespace(), other);
  }

  @Test
  public final void answers_every_filter_and_stands_by_its_answer() {
    Table table = table();
    int asked = api.requests().size();
    List<Expression> filters = filters(table.schema());
    for (Expression filter : filters) {
      assertStands(table, ScanRequest.of(List.of()).withFilters(List.of(filter)));
    }
    assertStands(table, ScanRequest.of(List.of()).withFilters(filters));
    assertThat(api.requests()).as("requests while planning").hasSize(asked);
  }

  @Test
  public final void pushes_a_filter_on_the_id_or_none_at_all() {
    Table table = table();
    ColumnRef id = reference(table, FakeRow.Field.ID);
    Expression filter = call(Function.EQ, id, constant(id.type()));
    ScanRequest scan = ScanRequest.of(List.of()).withFilters(List.of(filter));
    Fidelity answer = table.pushDown(scan).filters().get(0);
    if (supports(Ability.PUSH_FILTER)) {
      assertThat(answer).isNotEqualTo(Fidelity.NONE);
    } else {
      assertThat(table.pushDown(scan.withFilters(filters(table.schema()))).filters())
          .containsOnly(Fidelity.NONE);
    }
  }

  @Test
  public final void a_value_that_is_not_yet_known_is_answered_as_a_constant_of_its_type() {
    Table table = table();
    for (Column column : table.schema().columns()) {
      ColumnRef reference = new ColumnRef(column.name(), column.type());
      for (Function function : List.of(Function.EQ, Function.GE, Function.IN)) {
        Expression known = call(function, reference, constant(column.type()));
        Expression unknown = call(function, reference, new Placeholder(column.type()));
        assertThat(fidelity(table, unknown))
            .as(unknown.toString())
            .isEqualTo(fidelity(table, known));
      }
    }
  }

  private static Fidelity fidelity(Table table, Expression filter) {
    return table.pushDown(ScanRequest.of(List.of()).withFilters(List.of(filter))).filters().get(0);
  }

  @Test
  public final void answers_order_limit_and_offset_and_stands_by_its_answer() {
    Table table = table();
    ScanRequest all = everything(table);
    boolean orders = false;
    for (boolean descending : List.of(false, true)) {
      for (boolean nullsFirst : List.of(false, true)) {
        ScanRequest sorted =
            all.withOrder(
                List.of(new SortKey(remote().column(FakeRow.Field.ID), descending, nullsFirst)));
        orders |= assertStands(table, sorted).order() == Fidelity.EXACT;
        assertStands(table, sorted.withLimit(OptionalLong.of(5)).withOffset(2));
      }
    }
    assertThat(orders).as("an order by the id").isEqualTo(supports(Ability.PUSH_ORDER));
    assertThat(assertStands(table, all.withLimit(OptionalLong.of(5))).limit() != Fidelity.NONE)
        .as("a limit")
        .isEqualTo(supports(Ability.PUSH_LIMIT));
    assertThat(assertStands(table, all.withOffset(2)).offset() == Fidelity.EXACT)
        .as("an offset")
        .isEqualTo(supports(Ability.PUSH_OFFSET));
  }

  @Test
  public final void answers_a_count_and_stands_by_its_answer() {
    Table table = table();
    ScanRequest count =
        ScanRequest.of(List.of()).withAggregation(Optional.of(ScanRequest.Aggregation.countAll()));
    Pushdown answer = assertStands(table, count);
    assertThat(answer.aggregation() == Fidelity.EXACT)
        .as("a count of all rows")
        .isEqualTo(supports(Ability.PUSH_COUNT));
  }

  /** Asks; asks again for what was accepted, which must be accepted again; asks a third time. */
  private static Pushdown assertStands(Table table, ScanRequest wanted) {
    Pushdown first = table.pushDown(wanted);
    ScanRequest accepted = first.accepted();
    Pushdown again = table.pushDown(accepted);
    String about = wanted.toString();
    assertThat(first.wanted()).as(about).isEqualTo(wanted);
    assertThat(accepted.filters())
        .as(about)
        .hasSize((int) first.filters().stream().filter(each -> each != Fidelity.NONE).count());
    assertThat(again.accepted()).as("accepted again: " + about).isEqualTo(accepted);
    assertThat(again.filters())
        .as("filters accepted again: " + about)
        .isEqualTo(first.filters().stream().filter(each -> each != Fidelity.NONE).toList());
    assertThat(accepted.order().isEmpty() || again.order() == Fidelity.EXACT).as(about).isTrue();
    assertThat(accepted.limit().isEmpty() || again.limit() != Fidelity.NONE).as(about).isTrue();
    assertThat(accepted.offset() == 0 || again.offset() == Fidelity.EXACT).as(about).isTrue();
    assertThat(table.pushDown(wanted)).as("the same question").isEqualTo(first);
    return first;
  }

  @Test
  public final void a_scan_that_is_limited_or_wanted_whole_has_one_part() {
    Table table = table();
    ScanRequest scan = everything(table);
    List<Split> one = table.splits(scan, 1, statement);
    assertThat(one).singleElement().satisfies(split -> assertThat(split.scan()).isEqualTo(scan));
    ScanRequest limited = table.pushDown(scan.withLimit(OptionalLong.of(1))).accepted();
    if (limited.limit().isPresent()) {
      assertThat(table.splits(limited, 4, statement)).hasSize(1);
    }
    assertThat(table.splits(scan, 4, statement)).isNotEmpty().hasSizeLessThanOrEqualTo(4);
  }

  private ColumnRef reference(Table table, FakeRow.Field field) {
    Column column = table.schema().findColumn(remote().column(field)).orElseThrow();
    return new ColumnRef(column.name(), column.type());
  }

  /** Filters of every function over every column, and some that nest. */
  private static List<Expression> filters(TableSchema schema) {
    List<Expression> filters = new ArrayList<>();
    for (Column column : schema.columns()) {
      ColumnRef reference = new ColumnRef(column.name(), column.type());
      Constant constant = constant(column.type());
      Expression equal = call(Function.EQ, reference, constant);
      for (Function function :
          List.of(Function.EQ, Function.NE, Function.LT, Function.LE, Function.GT, Function.GE)) {
        filters.add(call(function, reference, constant));
      }
      filters.add(call(Function.EQ, constant, reference));
      filters.add(call(Function.EQ, reference, reference));
      filters.add(call(Function.EQ, reference, new Constant(null, column.type())));
      filters.add(call(Function.IN, reference, constant, constant));
      filters.add(call(Function.IS_NULL, reference));
      filters.add(call(Function.IS_NOT_NULL, reference));
      filters.add(call(Function.NOT, equal));
      filters.add(call(Function.OR, equal, call(Function.IS_NULL, reference)));
      filters.add(call(Function.AND, equal, call(Function.NE, reference, constant)));
      for (Function function :
          List.of(Function.STARTS_WITH, Function.ENDS_WITH, Function.CONTAINS)) {
        filters.add(call(function, reference, new Constant("a'%_\\ &", DataType.VARCHAR)));
      }
    }
    filters.add(new Constant(true, DataType.BOOLEAN));
    return List.copyOf(new HashSet<>(filters)).stream().sorted(byText()).toList();
  }

  private static Comparator<Expression> byText() {
    return Comparator.comparing(Expression::toString);
  }

  private static Constant constant(DataType type) {
    return new Constant(sample(type), type);
  }

  private static Object sample(DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> true;
      case SMALLINT, INTEGER -> 7;
      case BIGINT -> 7L;
      case REAL, DOUBLE -> 7.5;
      case DECIMAL -> new BigDecimal("7.25");
      case VARCHAR -> "O'Hara & 100%";
      case JSON -> "{}";
      case VARBINARY -> new byte[] {1, 2};
      case DATE -> LocalDate.of(2026, 2, 28);
      case TIME -> LocalTime.of(23, 59, 59);
      case TIMESTAMP -> LocalDateTime.of(2026, 2, 28, 23, 59, 59);
      case TIMESTAMP_TZ -> Instant.parse("2026-02-28T23:59:59Z");
      case UUID -> new UUID(1, 2);
    };
  }
}
