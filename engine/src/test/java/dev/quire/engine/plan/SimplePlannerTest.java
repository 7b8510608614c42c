package dev.quire.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.engine.exec.ExecutionContext;
import dev.quire.engine.exec.Executor;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.exec.PlanPosition;
import dev.quire.engine.exec.Positions;
import dev.quire.engine.exec.RowCursor;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeSource;
import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.rel.SimpleScan;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Fidelity;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans without the front end are those that the front end makes. */
class SimplePlannerTest {
  private static final List<Consumer<AdjustableTable>> WAYS =
      List.of(
          table -> {},
          AdjustableTable::withEverything,
          table -> table.withFilters(any -> Fidelity.NARROWING).withLimit(Fidelity.NARROWING),
          table -> table.withFilters(any -> Fidelity.EXACT).withLimit(Fidelity.NARROWING),
          table -> table.withFilters(any -> Fidelity.EXACT).withOffset());

  private final ExecutorService workers = ExecutionContext.newWorkers();
  private PlanOptions options = PlanOptions.at(Sample.NOW);

  @AfterEach
  void stop() {
    workers.shutdownNow();
  }

  private static AdjustableTable things(String name) {
    List<Object[]> rows = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      rows.add(
          new Object[] {
            i, i % 7 == 0 ? null : "name " + i % 5, (long) i % 9, i % 2 == 0, i / 2.0, "x", null
          });
    }
    return new AdjustableTable(
            name,
            List.of(
                Column.of("Id", DataType.INTEGER).notNull(),
                Column.of("name", DataType.varchar(160)),
                Column.of("Size", DataType.BIGINT),
                Column.of("active", DataType.BOOLEAN),
                Column.of("score", DataType.DOUBLE),
                Column.of("hidden", DataType.VARCHAR).withTraits(Column.Trait.HIDDEN),
                Column.of("extra", DataType.JSON)),
            rows)
        .withPageSize(6);
  }

  private static Sources sources(Consumer<AdjustableTable> way) {
    AdjustableTable things = things("things");
    AdjustableTable others = things("values");
    way.accept(things);
    way.accept(others);
    return new FakeSources(
        new FakeSource("s", things, others), new FakeSource("t", others, things));
  }

  private Optional<SimpleScan> simple(String sql) {
    return new Planner(sources(table -> {})).planToRun(sql, options, Sample.context()).simple();
  }

  /** Compares both plans, and what both give; false if the statement is not simple. */
  private boolean agrees(String sql, Consumer<AdjustableTable> way) {
    Planner planner = new Planner(sources(way));
    Plan quick = planner.planToRun(sql, options, Sample.context());
    if (quick.simple().isEmpty()) {
      return false;
    }
    Plan whole = planner.plan(sql, options, Sample.context());
    assertThat(quick.columns()).as(sql).isEqualTo(whole.columns());
    assertThat(quick.notes()).isEqualTo(whole.notes());
    assertThat(quick.explain()).isEqualTo(whole.explain());
    assertThat(shape(quick.simple().get())).as(sql).isEqualTo(shape(whole.root()));
    assertThat(quick.scansReadOnce()).isEqualTo(whole.scansReadOnce());
    assertThat(quick.limitOfOnlyScan()).as(sql).isEqualTo(whole.limitOfOnlyScan());
    assertThat(quick.isStreaming()).isEqualTo(whole.isStreaming());
    assertThat(quick.obstacleToResume()).isEqualTo(whole.obstacleToResume());
    assertThat(PlanText.operators(quick.root())).isEqualTo(PlanText.operators(whole.root()));
    assertThat(run(quick, true)).as(sql).isEqualTo(run(whole, false));
    return true;
  }

  private static List<Object> shape(SimpleScan scan) {
    return List.of(
        scan.target().place(),
        scan.request(),
        scan.residual().size(),
        scan.projection(),
        scan.offset(),
        scan.limit());
  }

  private static List<Object> shape(RelNode root) {
    RelNode node = root;
    Sort sort = node instanceof Sort top ? top : null;
    node = sort == null ? node : sort.getInput();
    Project project = node instanceof Project above ? above : null;
    node = project == null ? node : project.getInput();
    Filter filter = node instanceof Filter above ? above : null;
    ScanRel scan = (ScanRel) (filter == null ? node : filter.getInput());
    List<Integer> projection = new ArrayList<>();
    for (int i = 0; i < root.getRowType().getFieldCount(); i++) {
      projection.add(project == null ? i : ((RexInputRef) project.getProjects().get(i)).getIndex());
    }
    return List.of(
        scan.target().place(),
        scan.request(),
        filter == null ? 0 : filter.getCondition().toString().split("\\$").length - 1,
        projection,
        sort == null || sort.offset == null ? 0L : number(sort.offset),
        sort == null || sort.fetch == null
            ? OptionalLong.empty()
            : OptionalLong.of(number(sort.fetch)));
  }

  private static long number(RexNode literal) {
    return RexLiteral.numberValue(literal).longValue();
  }

  /** Every row, with where the run stands after it. */
  private List<String> run(Plan plan, boolean quickly) {
    ExecutionContext context =
        ExecutionContext.of(Sample.context(), workers, new MemoryGuard(1 << 26), Sample.NOW);
    Positions positions = new Positions(PlanPosition.START);
    List<String> rows = new ArrayList<>();
    try (RowCursor cursor =
        quickly
            ? Executor.open(plan.simple().orElseThrow(), context, positions)
            : Executor.open(plan.root(), context, positions)) {
      for (Object[] row = cursor.next(); row != null; row = cursor.next()) {
        rows.add(Arrays.toString(row) + positions.now());
      }
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM s.things",
        "select id, NAME from S.Things;",
        "SELECT * FROM t.values LIMIT 5",
        "SELECT * FROM s.\"values\" LIMIT 5",
        "SELECT \"Id\" AS number, size FROM s.things -- all",
        "SELECT id FROM s.things WHERE name = 'name 3'",
        "SELECT id FROM s.things WHERE name = 'it''s'",
        "SELECT id FROM s.things WHERE name = ''",
        "SELECT id FROM s.things WHERE name = 'name 3 '",
        "SELECT id FROM s.things WHERE name = 'Zoë 日本'",
        "SELECT name, id FROM s.things WHERE size = 3 AND id >= 4 LIMIT 7 OFFSET 2",
        "SELECT name FROM s.things WHERE id <> 4 AND name = 'name 1' AND size <= 5",
        "SELECT * FROM s.things WHERE id > 30 OFFSET 3",
        "SELECT hidden, extra FROM s.things WHERE id < 7",
        "SELECT id FROM s.things WHERE id = 007 LIMIT 999999999"
      })
  void is_simple(String sql) {
    for (Consumer<AdjustableTable> way : WAYS) {
      assertThat(agrees(sql, way)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "SELECT",
        "EXPLAIN SELECT * FROM s.things",
        "SELECT * FROM things",
        "SELECT id FROM s.nothing",
        "SELECT nothing FROM s.things",
        "SELECT id, ID FROM s.things",
        "SELECT id AS a, name AS A FROM s.things",
        "SELECT t.id FROM s.things t",
        "SELECT things.id FROM s.things",
        "SELECT id number FROM s.things",
        "SELECT DISTINCT id FROM s.things",
        "SELECT user FROM s.things",
        "SELECT 1 FROM s.things",
        "SELECT COUNT(*) FROM s.things",
        "SELECT * , id FROM s.things",
        "SELECT * FROM s.things, t.values",
        "SELECT * FROM s.things ORDER BY id",
        "SELECT * FROM s.things FETCH FIRST 5 ROWS ONLY",
        "SELECT * FROM s.things LIMIT 0",
        "SELECT * FROM s.things LIMIT 1.5",
        "SELECT * FROM s.things LIMIT 1e3",
        "SELECT * FROM s.things LIMIT 1000000000",
        "SELECT * FROM s.things LIMIT 5 OFFSET 0",
        "SELECT * FROM s.things LIMIT ?",
        "SELECT * FROM s.things LIMIT 5, 6",
        "SELECT * FROM s.things OFFSET 5 LIMIT 6",
        "SELECT /*+ hint */ * FROM s.things",
        "SELECT `id` FROM s.things",
        "SELECT \"a\"\"b\" FROM s.things",
        "SELECT id FROM s.things WHERE name = 'a' OR id = 1",
        "SELECT id FROM s.things WHERE id = 1 AND id = 2",
        "SELECT id FROM s.things WHERE id = '1'",
        "SELECT id FROM s.things WHERE name = 1",
        "SELECT id FROM s.things WHERE name > 'a'",
        "SELECT id FROM s.things WHERE name LIKE 'a'",
        "SELECT id FROM s.things WHERE 1 = id",
        "SELECT id FROM s.things WHERE id = -1",
        "SELECT id FROM s.things WHERE id = 4000000000",
        "SELECT id FROM s.things WHERE score = 1",
        "SELECT id FROM s.things WHERE active = TRUE",
        "SELECT id FROM s.things WHERE name = N'a'",
        "SELECT id FROM s.things WHERE name = U&'a'",
        "SELECT id FROM s.things WHERE name = 'a",
        "SELECT id FROM s.things WHERE name == 'a'",
        "SELECT id FROM s.things; SELECT id FROM s.things",
        "SELECT id FROM s.things UNION ALL SELECT id FROM s.things",
        "VALUES 1"
      })
  void is_left_to_the_front_end(String sql) {
    assertThat(agreesIfPlanned(sql)).isFalse();
  }

  private boolean agreesIfPlanned(String sql) {
    try {
      return simple(sql).isPresent();
    } catch (SourceException e) {
      return false;
    }
  }

  @Test
  void a_word_of_the_grammar_is_a_name_only_where_the_grammar_says_so() {
    for (String word :
        SqlParser.create("", SqlParser.config().withParserFactory(SqlBabelParserImpl.FACTORY))
            .getMetadata()
            .getTokens()) {
      for (String form :
          List.of(
              "SELECT %1$s, c AS %1$s, %1$s AS c FROM a.%1$s WHERE %1$s = 'x' AND %1$s >= 1 LIMIT 5",
              "SELECT c, %1$s FROM a.%1$s LIMIT 5",
              "SELECT %1$s FROM a.%1$s",
              "SELECT * FROM %1$s",
              "SELECT * FROM %1$s.c",
              "SELECT c AS %1$s FROM %1$s WHERE c < 1")) {
        String sql = String.format(form, word);
        if (word.matches("\\w+") && Planner.isSimple(sql)) {
          SqlNode tree = StatementParser.parse(sql).tree();
          assertThat(tree.toString().replace("`", "").replaceAll("\\s+", " "))
              .as(sql)
              .isEqualTo(
                  sql.replaceAll("LIMIT (\\d+)", "FETCH NEXT $1 ROWS ONLY")
                      .replaceAll("OFFSET (\\d+)", "OFFSET $1 ROWS"));
        }
      }
    }
  }

  @Test
  void statements_at_random_are_planned_alike() {
    int simple = 0;
    for (int seed = 0; seed < 500; seed++) {
      simple += agrees(random(new Random(seed)), WAYS.get(seed % WAYS.size())) ? 1 : 0;
    }
    assertThat(simple).isGreaterThan(200);
  }

  private static String random(Random random) {
    List<String> names = List.of("id", "NAME", "Size", "active", "\"score\"", "extra", "hidden");
    StringBuilder sql = new StringBuilder("SELECT ");
    int items = random.nextInt(4);
    sql.append(items == 0 ? "*" : "");
    for (int i = 0; i < items; i++) {
      sql.append(i == 0 ? "" : ", ").append(pick(random, names));
      sql.append(random.nextInt(3) == 0 ? " AS " + pick(random, List.of("a", "B", "value")) : "");
    }
    sql.append(" FROM ").append(pick(random, List.of("s.things", "t.values", "S.\"values\"")));
    int conditions = random.nextInt(4);
    for (int i = 0; i < conditions; i++) {
      sql.append(i == 0 ? " WHERE " : " AND ").append(condition(random));
    }
    sql.append(random.nextInt(2) == 0 ? " LIMIT " + (1 + random.nextInt(45)) : "");
    sql.append(random.nextInt(3) == 0 ? " OFFSET " + (1 + random.nextInt(20)) : "");
    return sql.toString();
  }

  private static String condition(Random random) {
    String sign = pick(random, List.of("=", "<>", "<", "<=", ">", ">="));
    return switch (random.nextInt(4)) {
      case 0 -> "name = '" + pick(random, List.of("name 1", "name 2", "Name 1", "no", "")) + "'";
      case 1 -> "hidden = 'x'";
      case 2 -> "size " + sign + " " + random.nextInt(9);
      default -> "ID " + sign + " " + random.nextInt(40);
    };
  }

  private static String pick(Random random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }

  @Test
  void the_most_rows_from_outside_are_a_limit() {
    for (long most : List.of(1L, 3L, 40L)) {
      options = options.withMaxRows(OptionalLong.of(most));
      for (String limit : List.of("", " LIMIT 3", " OFFSET 2", " LIMIT 7 OFFSET 2")) {
        for (Consumer<AdjustableTable> way : WAYS) {
          assertThat(agrees("SELECT id FROM s.things" + limit, way)).isTrue();
        }
      }
    }
  }

  @Test
  void a_table_without_a_schema_is_found_where_the_statement_has_one() {
    options = options.withSchema(Optional.of("t"));
    assertThat(simple("SELECT id FROM things").orElseThrow().target().place())
        .isEqualTo("t.things");
    assertThat(agrees("SELECT id FROM things", WAYS.get(0))).isTrue();
    assertThat(agrees("SELECT id FROM s.values", WAYS.get(0))).isTrue();
  }

  @Test
  void a_plan_with_more_to_it_than_the_text_is_left_to_the_front_end() {
    String sql = "SELECT id FROM s.things";
    assertThat(simple(sql)).isPresent();
    for (PlanOptions other :
        List.of(
            options.withPushdown(false),
            options.withParameters(List.of(1)),
            options.withRefused(Refusals.NONE.with("s.things", false).orElseThrow()))) {
      options = other;
      assertThat(simple(sql)).isEmpty();
    }
  }

  @Test
  void a_column_that_needs_a_value_and_has_none_is_told_of_by_the_front_end() {
    Sample sample = new Sample().acceptingAll();
    Planner planner = new Planner(sample.sources);
    assertThat(
            planner
                .planToRun(
                    "SELECT Id FROM aws.get_job_runs WHERE JobName = 'a'",
                    options,
                    Sample.context())
                .simple())
        .isPresent();
    assertThatThrownBy(
            () -> planner.planToRun("SELECT Id FROM aws.get_job_runs", options, Sample.context()))
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_STATEMENT));
  }
}
