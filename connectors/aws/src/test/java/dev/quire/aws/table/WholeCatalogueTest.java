package dev.quire.aws.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.ServiceModel;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What must hold for every table there is. */
class WholeCatalogueTest {
  private static final List<OperationTable> TABLES = tables();

  private static List<OperationTable> tables() {
    List<OperationTable> tables = new ArrayList<>();
    for (ServiceModel service : Catalogue.bundled().all()) {
      for (String name : OperationTable.names(service)) {
        tables.add(OperationTable.find(service, name).orElseThrow());
      }
    }
    return tables;
  }

  @Test
  void every_operation_is_a_table_and_some_are_two() {
    assertThat(TABLES).hasSize(3_730);
  }

  @Test
  void names_of_tables_and_columns_are_told_apart_in_any_case() {
    Set<String> names = new HashSet<>();
    for (OperationTable table : TABLES) {
      assertThat(names.add(table.schema().name().toString()))
          .as("%s", table.schema().name())
          .isTrue();
      Set<String> columns = new HashSet<>();
      for (Column column : table.schema().columns()) {
        assertThat(columns.add(column.name().toLowerCase(Locale.ROOT)))
            .as("%s.%s", table.schema().name(), column.name())
            .isTrue();
      }
    }
  }

  @Test
  void every_table_shows_a_column_that_answers_fill() {
    for (OperationTable table : TABLES) {
      assertThat(table.columns().values())
          .as("%s", table.schema().name())
          .anyMatch(each -> !each.isGiven() && !each.column().has(Trait.HIDDEN));
    }
  }

  @Test
  void tokens_and_page_sizes_are_members_of_their_requests_and_no_columns() {
    for (OperationTable table : TABLES) {
      table
          .operation()
          .paginator()
          .tokens()
          .forEach(
              token -> {
                assertThat(table.operation().input().findMember(token.input())).isPresent();
                assertThat(table.columns().values())
                    .noneMatch(each -> each.parameter().equals(Optional.of(token.input())));
              });
      table
          .operation()
          .paginator()
          .limit()
          .ifPresent(
              limit ->
                  assertThat(table.operation().input().findMember(limit.member())).isPresent());
    }
  }

  @Test
  void equalities_for_all_required_members_make_one_chain_that_sends_them() {
    for (OperationTable table : TABLES) {
      List<Expression> filters = new ArrayList<>();
      for (TableColumn column : table.columns().values()) {
        if (column.column().has(Trait.REQUIRED_FILTER)) {
          filters.add(equality(column.column()));
        }
      }
      Pushdown answer = table.pushDown(ScanRequest.of(List.of()).withFilters(filters));
      assertThat(answer.filters()).doesNotContain(Fidelity.NONE);
      List<ScanRequest> chains = table.chains(answer.accepted());
      assertThat(chains).hasSize(1);
      Map<String, Object> request = table.request(chains.get(0));
      for (Member member : table.operation().input().members()) {
        if (member.required() && member.form() == Member.Form.PLAIN) {
          boolean isGivenByPaging =
              table.operation().paginator().limit().stream()
                  .anyMatch(limit -> limit.member().equals(member.name()));
          assertThat(request.containsKey(member.name()) || isGivenByPaging)
              .as("%s.%s", table.schema().name(), member.name())
              .isTrue();
        }
      }
    }
  }

  private static Expression equality(Column column) {
    Object value =
        switch (column.type().kind()) {
          case VARCHAR -> "a";
          case INTEGER -> 1;
          case BIGINT -> 1L;
          case BOOLEAN -> true;
          case DOUBLE -> 1.5;
          case TIMESTAMP_TZ -> Instant.EPOCH;
          case VARBINARY -> new byte[0];
          default -> throw new AssertionError(column);
        };
    return Expression.call(
        Function.EQ,
        new Expression.ColumnRef(column.name(), column.type()),
        new Expression.Constant(value, column.type()));
  }
}
