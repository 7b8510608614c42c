package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeByKeyTest {
  private static final String SORTED = "SELECT id, name FROM items ORDER BY id";
  private final List<Engine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
  }

  private Engine engine(AdjustableTable table) {
    Engine engine =
        new QuireEngine(
            Configuration.of(Map.of("crm", Map.of("type", "fake"))),
            ConnectorContext.system(),
            Map.of("fake", new FakeConnector(new FakeSource("crm", table))));
    engines.add(engine);
    return engine;
  }

  private static AdjustableTable items(Function<Expression, Fidelity> filters) {
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      all.add(new Object[] {i * 3, "name " + i});
    }
    return new AdjustableTable(
            "items",
            List.of(
                Column.of("id", DataType.INTEGER).notNull(), Column.of("name", DataType.VARCHAR)),
            all)
        .withPageSize(7)
        .withFilters(filters)
        .withOrder();
  }

  private static AdjustableTable items() {
    return items(any -> Fidelity.EXACT);
  }

  private static List<String> rows(Result result, int most) {
    List<String> rows = new ArrayList<>();
    while (rows.size() < most) {
      Object[] row = result.next();
      if (row == null) {
        break;
      }
      rows.add(List.of(row).toString());
    }
    return rows;
  }

  private static ResumePoint stop(Result result) {
    return ResumePoint.parse(result.resumePoint().orElseThrow().text());
  }

  private ResumePoint afterTen(AdjustableTable table, String sql) {
    try (Result result = engine(table).query(sql, StatementOptions.DEFAULT)) {
      rows(result, 10);
      return stop(result);
    }
  }

  private static SourceException expired() {
    return new SourceException(ErrorKind.REJECTED, "the token has expired");
  }

  private static StatementOptions from(ResumePoint point, boolean byKey) {
    return StatementOptions.DEFAULT.withResume(point).withByKey(byKey);
  }

  /** In runs of so many rows, of which each finds its continuation expired. */
  private List<String> inExpiringRuns(String sql, int rowsPerRun) {
    List<String> rows = new ArrayList<>();
    StatementOptions options = StatementOptions.DEFAULT;
    for (int run = 0; run < 200; run++) {
      List<String> more;
      try (Result result = engine(forgetful()).query(sql, options)) {
        more = rows(result, rowsPerRun);
        options = from(stop(result), true);
      }
      if (more.isEmpty()) {
        return rows;
      }
      rows.addAll(more);
    }
    throw new AssertionError("no end");
  }

  /** Knows no continuation of another run. */
  private static AdjustableTable forgetful() {
    AtomicBoolean first = new AtomicBoolean(true);
    return residual()
        .beforeFetch(
            request -> {
              if (first.getAndSet(false) && !request.endsWith(" ")) {
                throw expired();
              }
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 6, 7, 8, 20, 39})
  void each_row_comes_once_although_every_continuation_expires(int rowsPerRun) {
    for (String sql :
        List.of(
            SORTED,
            SORTED + " DESC",
            "SELECT name FROM items ORDER BY id",
            "SELECT id FROM items WHERE id > 20 ORDER BY id",
            "SELECT name, id * 2 FROM items WHERE MOD(id, 2) = 0 ORDER BY id",
            "SELECT id FROM items WHERE MOD(id, 2) = 0 ORDER BY id OFFSET 3")) {
      List<String> whole;
      try (Result result = engine(residual()).query(sql, StatementOptions.DEFAULT)) {
        whole = rows(result, 99);
      }
      assertThat(inExpiringRuns(sql, rowsPerRun)).as(sql).isEqualTo(whole);
    }
  }

  /** Leaves MOD to the engine. */
  private static AdjustableTable residual() {
    return items(
        filter -> AdjustableTable.text(filter).contains("MOD") ? Fidelity.NONE : Fidelity.EXACT);
  }

  @Test
  void goes_on_behind_the_last_row_and_says_so() {
    ResumePoint point = afterTen(items(), SORTED);
    AdjustableTable items = items();
    Engine engine = engine(items);
    items.failingOnce(expired());
    try (Result result = engine.query(SORTED, from(point, true))) {
      assertThat(rows(result, 2)).containsExactly("[30, name 10]", "[33, name 11]");
      assertThat(result.warnings())
          .containsExactly(
              "crm.items: the place to resume at is no longer good (the token has expired); went"
                  + " on behind the key of the last row");
    }
    assertThat(items.fetched()).startsWith("7", "");
    assertThat(items.opened().get(items.opened().size() - 1).filters())
        .extracting(AdjustableTable::text)
        .containsExactly("GT(id,27)");
  }

  @Test
  void a_place_that_is_still_good_is_used() {
    ResumePoint point = afterTen(items(), SORTED);
    AdjustableTable items = items();
    Engine engine = engine(items);
    try (Result result = engine.query(SORTED, from(point, true))) {
      assertThat(rows(result, 99)).hasSize(30);
      assertThat(result.warnings()).isEmpty();
    }
    assertThat(items.fetched()).startsWith("7", "14");
  }

  @Test
  void a_page_that_begins_with_another_row_is_gone_on_from_by_key_too() {
    ResumePoint point = afterTen(items(), SORTED);
    AdjustableTable shrunk =
        new AdjustableTable(
                "items",
                List.of(
                    Column.of("id", DataType.INTEGER).notNull(),
                    Column.of("name", DataType.VARCHAR)),
                List.of(
                    new Object[] {3, "name 1"},
                    new Object[] {27, "name 9"},
                    new Object[] {29, "new"},
                    new Object[] {30, "name 10"}))
            .withPageSize(7)
            .withFilters(any -> Fidelity.EXACT)
            .withOrder();
    shrunk.failingOnce(expired());
    try (Result result = engine(shrunk).query(SORTED, from(point, true))) {
      assertThat(rows(result, 99)).containsExactly("[29, new]", "[30, name 10]");
    }
  }

  @Test
  void without_the_wish_both_ways_are_named() {
    ResumePoint point = afterTen(items(), SORTED);
    AdjustableTable items = items();
    Engine engine = engine(items);
    items.failingOnce(expired());
    try (Result result = engine.query(SORTED, from(point, false))) {
      assertThatThrownBy(result::next)
          .isInstanceOfSatisfying(
              SourceException.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(ErrorKind.REJECTED);
                assertThat(fault.problem()).isEqualTo("the token has expired");
                assertThat(fault.hint().orElseThrow())
                    .contains("--resume --by-key")
                    .contains("--restart");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id, name FROM items",
        "SELECT id, name FROM items ORDER BY name",
        "SELECT id, name FROM items ORDER BY name, id"
      })
  void other_orders_and_scans_without_the_key_cannot_go_on_by_it(String sql) {
    ResumePoint point = afterTen(items(), sql);
    AdjustableTable items = items();
    Engine engine = engine(items);
    items.failingOnce(expired());
    try (Result result = engine.query(sql, from(point, true))) {
      assertThatThrownBy(result::next)
          .isInstanceOfSatisfying(
              SourceException.class,
              fault -> assertThat(fault.hint().orElse("")).doesNotContain("--by-key"));
    }
  }

  @Test
  void a_filter_that_is_not_exact_is_no_way_behind_a_key() {
    ResumePoint point = afterTen(items(any -> Fidelity.NARROWING), SORTED);
    AdjustableTable items = items(any -> Fidelity.NARROWING);
    Engine engine = engine(items);
    items.failingOnce(expired());
    try (Result result = engine.query(SORTED, from(point, true))) {
      assertThatThrownBy(result::next).hasMessageContaining("the token has expired");
    }
  }

  @Test
  void a_fault_that_says_nothing_of_the_place_stays_what_it_is() {
    ResumePoint point = afterTen(items(), SORTED);
    AdjustableTable items = items();
    Engine engine = engine(items);
    items.failingOnce(new SourceException(ErrorKind.UNREACHABLE, "no line"));
    try (Result result = engine.query(SORTED, from(point, true))) {
      assertThatThrownBy(result::next).hasMessageContaining("no line");
    }
  }
}
