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
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeTest {
  private static final String[] STATEMENTS = {
    "SELECT id, name FROM items",
    "SELECT id * 2 AS twice FROM items WHERE MOD(id, 3) = 1",
    "SELECT id FROM items LIMIT 9 OFFSET 4",
    "SELECT id FROM items WHERE MOD(id, 2) = 0 LIMIT 7 OFFSET 3",
    "SELECT name FROM (SELECT * FROM items WHERE id > 2 LIMIT 15 OFFSET 2) t WHERE MOD(id, 2) = 1"
        + " LIMIT 4",
    "SELECT id FROM items WHERE id < 6 UNION ALL SELECT id + 100 FROM others WHERE id > 3",
    "SELECT id FROM items UNION ALL SELECT id FROM others LIMIT 40 OFFSET 1",
    "SELECT id FROM items WHERE MOD(id, 50) = 49"
  };

  private static final StatementOptions IN_ORDER = StatementOptions.DEFAULT.withParallel(1);

  private final List<Engine> engines = new ArrayList<>();

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
  }

  private Engine engine(AdjustableTable... tables) {
    Engine engine =
        new QuireEngine(
            Configuration.of(Map.of("crm", Map.of("type", "fake"))),
            ConnectorContext.system(),
            Map.of("fake", new FakeConnector(new FakeSource("crm", tables))));
    engines.add(engine);
    return engine;
  }

  private static AdjustableTable table(String name, int rows, int pageSize) {
    return table(name, 0, rows, pageSize);
  }

  private static AdjustableTable table(String name, int first, int rows, int pageSize) {
    List<Object[]> all = new ArrayList<>();
    for (int i = first; i < first + rows; i++) {
      all.add(new Object[] {i, i % 5 == 0 ? null : "name " + i});
    }
    return new AdjustableTable(
            name,
            List.of(
                Column.of("id", DataType.INTEGER).notNull(), Column.of("name", DataType.VARCHAR)),
            all)
        .withPageSize(pageSize);
  }

  /** In three parts: below 5, from 5 below 6, and the rest. */
  private static List<Split> parts(ScanRequest scan) {
    Split whole = Split.whole(dev.quire.spi.TableName.of("items"), scan);
    return List.of(
        part(whole, bound(Function.LT, 5)),
        part(whole, bound(Function.GE, 5), bound(Function.LT, 6)),
        part(whole, bound(Function.GE, 6)));
  }

  private static Split part(Split whole, Expression... bounds) {
    List<Expression> filters = new ArrayList<>(whole.scan().filters());
    filters.addAll(List.of(bounds));
    return new Split(
        whole.table(), whole.scan().withFilters(filters), Arrays.toString(bounds), Map.of());
  }

  private static Expression bound(Function function, int value) {
    return Expression.call(
        function, new ColumnRef("id", DataType.INTEGER), new Constant(value, DataType.INTEGER));
  }

  private static java.util.function.Function<Expression, Fidelity> simple(Fidelity how) {
    return filter -> AdjustableTable.text(filter).contains("MOD") ? Fidelity.NONE : how;
  }

  private static List<String> rows(Result result, int most) {
    List<String> rows = new ArrayList<>();
    while (rows.size() < most) {
      Object[] row = result.next();
      if (row == null) {
        break;
      }
      rows.add(Arrays.toString(row));
    }
    return rows;
  }

  private static List<String> all(Engine engine, String sql) {
    try (Result result = engine.query(sql, IN_ORDER)) {
      return rows(result, Integer.MAX_VALUE);
    }
  }

  /** The statement in runs of so many rows, each a new one that goes on where the last stopped. */
  private List<String> inRuns(Engine engine, String sql, int rowsPerRun) {
    List<String> rows = new ArrayList<>();
    StatementOptions options = IN_ORDER;
    while (true) {
      List<String> more;
      try (Result result = engine.query(sql, options)) {
        more = rows(result, rowsPerRun);
        ResumePoint point = ResumePoint.parse(result.resumePoint().orElseThrow().text());
        assertThat(point.rows()).isEqualTo(rows.size() + more.size()).isLessThan(1_000);
        options = options.withResume(point);
      }
      if (more.isEmpty()) {
        return rows;
      }
      rows.addAll(more);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5, 10, 23, 60})
  void runs_of_any_length_give_together_the_rows_of_one(int rowsPerRun) {
    for (int pageSize : new int[] {1, 4, 23}) {
      for (AdjustableTable items :
          List.of(
              table("items", 23, pageSize),
              table("items", 23, pageSize).withEmptyPages(),
              table("items", 23, pageSize).withFilters(simple(Fidelity.EXACT)),
              table("items", 23, pageSize).withFilters(simple(Fidelity.NARROWING)),
              table("items", 23, pageSize).withSplits(ResumeTest::parts),
              table("items", 23, pageSize)
                  .withEmptyPages()
                  .withFilters(simple(Fidelity.EXACT))
                  .withSplits(ResumeTest::parts))) {
        Engine engine = engine(items, table("others", 9, 2));
        for (String sql : STATEMENTS) {
          assertThat(inRuns(engine, sql, rowsPerRun)).as(sql).isEqualTo(all(engine, sql));
        }
      }
    }
  }

  @Test
  void stops_at_random_rows_change_nothing() {
    Random random = new Random(20261128);
    for (int round = 0; round < 60; round++) {
      AdjustableTable items = table("items", random.nextInt(40), 1 + random.nextInt(9));
      if (random.nextBoolean()) {
        items.withEmptyPages();
      }
      if (random.nextBoolean()) {
        items.withSplits(ResumeTest::parts);
      }
      Engine engine = engine(items, table("others", random.nextInt(9), 3));
      String sql = STATEMENTS[random.nextInt(STATEMENTS.length)];
      List<String> whole = all(engine, sql);
      StatementOptions options = IN_ORDER;
      List<String> rows = new ArrayList<>();
      while (rows.size() < whole.size()) {
        try (Result result = engine.query(sql, options)) {
          rows.addAll(rows(result, 1 + random.nextInt(12)));
          options = options.withResume(result.resumePoint().orElseThrow());
        }
      }
      assertThat(rows).as(sql).isEqualTo(whole);
    }
  }

  @Test
  void asks_for_the_page_it_stopped_in_and_those_after_it() {
    AdjustableTable items = table("items", 12, 5);
    Engine engine = engine(items);
    ResumePoint point = stopAfter(engine, "SELECT id FROM items", 7);
    items.forgetFetched();
    try (Result result =
        engine.query("SELECT id FROM items", StatementOptions.DEFAULT.withResume(point))) {
      assertThat(rows(result, 99)).containsExactly("[7]", "[8]", "[9]", "[10]", "[11]");
      assertThat(result.verdict().complete()).isTrue();
      assertThat(result.resumePoint().orElseThrow().ended()).isTrue();
    }
    assertThat(items.fetched()).containsExactly("5", "10");
  }

  private ResumePoint stopAfter(Engine engine, String sql, int rows) {
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      rows(result, rows);
      return result.resumePoint().orElseThrow();
    }
  }

  @Test
  void a_page_that_has_changed_is_noticed() {
    String sql = "SELECT id FROM items";
    ResumePoint point = stopAfter(engine(table("items", 12, 5)), sql, 7);
    Engine shifted = engine(table("items", 1, 12, 5));
    try (Result result = shifted.query(sql, StatementOptions.DEFAULT.withResume(point))) {
      assertThatThrownBy(result::next)
          .isInstanceOfSatisfying(
              SourceException.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(ErrorKind.OUTDATED);
                assertThat(fault.place()).hasValue("crm.items, page 1, after 5 rows");
                assertThat(fault.hint()).hasValue("Read the statement again from its start.");
              });
      assertThatThrownBy(result::next).isInstanceOf(SourceException.class);
    }
  }

  @Test
  void a_page_that_has_become_empty_is_noticed() {
    String sql = "SELECT id FROM items";
    ResumePoint point = stopAfter(engine(table("items", 12, 20)), sql, 7);
    Engine emptied = engine(table("items", 0, 20));
    try (Result result = emptied.query(sql, StatementOptions.DEFAULT.withResume(point))) {
      assertThatThrownBy(result::next).hasMessageContaining("the page to resume in has changed");
    }
  }

  @Test
  void another_statement_is_refused() {
    AdjustableTable items = table("items", 12, 5).withEverything();
    Engine engine = engine(items, table("others", 12, 5));
    ResumePoint point = stopAfter(engine, "SELECT id FROM items WHERE id > 2", 3);
    StatementOptions resumed = StatementOptions.DEFAULT.withResume(point);
    for (String other :
        List.of(
            "SELECT id FROM items WHERE id > 3",
            "SELECT id FROM others WHERE id > 2",
            "SELECT id, name FROM items WHERE id > 2",
            "SELECT id FROM items WHERE id > 2 LIMIT 4",
            "SELECT id FROM items")) {
      assertThatThrownBy(() -> engine.query(other, resumed))
          .as(other)
          .isInstanceOfSatisfying(
              SourceException.class,
              fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.OUTDATED));
    }
    engine.query("SELECT id FROM items WHERE id > 2", resumed).close();
  }

  @Test
  void other_parameters_are_refused() {
    Engine engine = engine(table("items", 12, 5).withEverything());
    String sql = "SELECT id FROM items WHERE id > ?";
    StatementOptions two = StatementOptions.DEFAULT.withParameters(List.of(2));
    ResumePoint point;
    try (Result result = engine.query(sql, two)) {
      rows(result, 3);
      point = result.resumePoint().orElseThrow();
    }
    assertThat(rows(engine.query(sql, two.withResume(point)), 1)).containsExactly("[6]");
    assertThatThrownBy(() -> engine.query(sql, two.withParameters(List.of(3)).withResume(point)))
        .hasMessageContaining("of other parameters");
  }

  @Test
  void statements_that_need_all_rows_first_say_why_they_cannot_be_resumed() {
    Engine engine = engine(table("items", 12, 5), table("others", 12, 5));
    assertThat(obstacle(engine, "SELECT id FROM items ORDER BY name")).contains("sorts");
    assertThat(obstacle(engine, "SELECT name, COUNT(*) FROM items GROUP BY name"))
        .contains("groups");
    assertThat(obstacle(engine, "SELECT i.id FROM items i JOIN others o ON i.id = o.id"))
        .contains("joins tables");
    assertThat(obstacle(engine, "SELECT id FROM items UNION SELECT id FROM others"))
        .contains("compares rows");
    assertThat(obstacle(engine, "SELECT ROW_NUMBER() OVER (ORDER BY name) FROM items"))
        .contains("window");
    assertThat(obstacle(engine, "VALUES (1)")).contains("no table");
    assertThat(obstacle(engine, "EXPLAIN SELECT id FROM items")).contains("plan");
  }

  private static String obstacle(Engine engine, String sql) {
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      assertThat(result.resumePoint()).isEmpty();
      return result.notResumable().orElseThrow();
    }
  }

  @Test
  void an_order_that_the_source_does_can_be_resumed() {
    Engine engine = engine(table("items", 12, 5).withEverything());
    String sql = "SELECT id FROM items ORDER BY id DESC LIMIT 10 OFFSET 1";
    assertThat(inRuns(engine, sql, 4)).isEqualTo(all(engine, sql)).hasSize(10);
  }

  @Test
  void after_a_failed_page_another_run_goes_on_with_it() {
    AdjustableTable items = table("items", 12, 5);
    Engine engine = engine(items);
    String sql = "SELECT id FROM items WHERE id <> 3 LIMIT 8 OFFSET 1";
    ResumePoint point;
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      assertThat(rows(result, 2)).containsExactly("[1]", "[2]");
      items.failingOnce(new SourceException(ErrorKind.UNREACHABLE, "the connection broke"));
      assertThatThrownBy(() -> rows(result, 99)).hasMessageContaining("the connection broke");
      point = result.resumePoint().orElseThrow();
      assertThat(point.rows()).isEqualTo(3);
    }
    try (Result result = engine.query(sql, StatementOptions.DEFAULT.withResume(point))) {
      assertThat(rows(result, 99)).containsExactly("[5]", "[6]", "[7]", "[8]", "[9]");
    }
  }

  @Test
  void a_row_that_fails_in_a_projection_counts_as_not_taken() {
    Engine engine = engine(table("items", 12, 5));
    String sql = "SELECT 100 / (id - 7) AS n FROM (SELECT id FROM items LIMIT 11 OFFSET 1) t";
    ResumePoint point;
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      assertThat(rows(result, 6)).hasSize(6);
      assertThatThrownBy(result::next).isInstanceOf(SourceException.class);
      point = result.resumePoint().orElseThrow();
    }
    try (Result result = engine.query(sql, StatementOptions.DEFAULT.withResume(point))) {
      assertThatThrownBy(result::next).hasMessageContaining("zero");
    }
  }

  @Test
  void the_time_of_the_statement_stays_that_of_its_first_run() {
    Engine engine = engine(table("items", 3, 5));
    String sql = "SELECT CURRENT_TIMESTAMP FROM items";
    List<String> first;
    ResumePoint point;
    try (Result result = engine.query(sql, StatementOptions.DEFAULT)) {
      first = rows(result, 1);
      point = result.resumePoint().orElseThrow();
    }
    try (Result result = engine.query(sql, StatementOptions.DEFAULT.withResume(point))) {
      assertThat(rows(result, 1)).isEqualTo(first);
    }
  }

  @Test
  void what_a_source_declined_stays_declined() {
    AdjustableTable items =
        table("items", 12, 5)
            .withEverything()
            .failingOnce(new SourceException(ErrorKind.PUSHDOWN_REFUSED, "no filters today"));
    Engine engine = engine(items);
    String sql = "SELECT id FROM items WHERE id > 2";
    assertThat(inRuns(engine, sql, 4)).hasSize(9);
    assertThat(items.opened().get(items.opened().size() - 1).filters()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "%%%", "ASAAAAAA"})
  void what_is_no_resume_point_is_refused(String text) {
    assertThatThrownBy(() -> ResumePoint.parse(text))
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.INVALID_VALUE));
  }
}
