package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.OnExceed;
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
import dev.quire.spi.TableName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ParallelTest {
  private final List<Engine> engines = new ArrayList<>();
  private final CountDownLatch over = new CountDownLatch(1);

  @AfterEach
  void close() {
    over.countDown();
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

  /** Numbers from 0, in parts that begin at these numbers. */
  private static AdjustableTable items(int rows, int pageSize, int... starts) {
    List<Object[]> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(new Object[] {i});
    }
    return new AdjustableTable("items", List.of(Column.of("id", DataType.INTEGER).notNull()), all)
        .withPageSize(pageSize)
        .withFilters(any -> Fidelity.EXACT)
        .withSplits(scan -> parts(scan, starts));
  }

  private static List<Split> parts(ScanRequest scan, int... starts) {
    List<Split> parts = new ArrayList<>();
    for (int i = 0; i <= starts.length; i++) {
      List<Expression> filters = new ArrayList<>(scan.filters());
      if (i > 0) {
        filters.add(bound(Function.GE, starts[i - 1]));
      }
      if (i < starts.length) {
        filters.add(bound(Function.LT, starts[i]));
      }
      parts.add(new Split(TableName.of("items"), scan.withFilters(filters), "part " + i, Map.of()));
    }
    return parts;
  }

  private static Expression bound(Function function, int value) {
    return Expression.call(
        function, new ColumnRef("id", DataType.INTEGER), new Constant(value, DataType.INTEGER));
  }

  private static final StatementOptions FOUR = StatementOptions.DEFAULT.withParallel(4);

  private static List<Integer> rows(Result result, int most) {
    List<Integer> rows = new ArrayList<>();
    while (rows.size() < most) {
      Object[] row = result.next();
      if (row == null) {
        break;
      }
      rows.add((Integer) row[0]);
    }
    return rows;
  }

  private static List<Integer> all(Engine engine, String sql, StatementOptions options) {
    try (Result result = engine.query(sql, options)) {
      List<Integer> rows = rows(result, Integer.MAX_VALUE);
      assertThat(result.verdict().complete()).isTrue();
      return rows;
    }
  }

  private static List<Integer> numbers(int rows) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      numbers.add(i);
    }
    return numbers;
  }

  @Test
  void four_chains_wait_for_their_pages_at_the_same_time() {
    CyclicBarrier together = new CyclicBarrier(4);
    AdjustableTable items = items(40, 100, 10, 20, 30).beforeFetch(any -> await(together));
    assertThat(all(engine(items), "SELECT id FROM items", FOUR))
        .containsExactlyInAnyOrderElementsOf(numbers(40));
    assertThat(items.wantedParts()).containsExactly(16);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("the others did not come", e);
    }
  }

  @Test
  void parts_with_any_bounds_and_skew_give_each_row_once() {
    Random random = new Random(7);
    for (int round = 0; round < 40; round++) {
      int rows = random.nextInt(200);
      int[] starts = random.ints(random.nextInt(12), 0, 200).sorted().distinct().toArray();
      AdjustableTable items = items(rows, 1 + random.nextInt(30), starts);
      if (random.nextBoolean()) {
        items.withEmptyPages();
      }
      StatementOptions options = StatementOptions.DEFAULT.withParallel(1 + random.nextInt(9));
      assertThat(all(engine(items), "SELECT id FROM items", options))
          .as(Arrays.toString(starts))
          .containsExactlyInAnyOrderElementsOf(numbers(rows));
    }
  }

  @Test
  void parallel_1_reads_one_page_after_the_other() {
    AdjustableTable items = items(10, 3, 5);
    assertThat(all(engine(items), "SELECT id FROM items", StatementOptions.DEFAULT.withParallel(1)))
        .isEqualTo(numbers(10));
    assertThat(items.wantedParts()).containsExactly(1);
  }

  @Test
  void no_table_is_asked_to_divide_a_scan_unless_that_is_wanted() {
    AdjustableTable items = items(10, 3, 5);
    all(engine(items), "SELECT id FROM items", StatementOptions.DEFAULT);
    assertThat(items.wantedParts()).containsExactly(1);
  }

  @Test
  void a_limit_reads_one_part_and_no_needless_page() {
    AdjustableTable items = items(40, 5, 10, 20, 30);
    assertThat(all(engine(items), "SELECT id FROM items LIMIT 5", FOUR)).isEqualTo(numbers(5));
    assertThat(items.fetched()).hasSize(1);
    assertThat(items.wantedParts()).containsExactly(1);
  }

  @Test
  void an_order_is_right_whoever_sorts() {
    AdjustableTable here = items(40, 5, 10, 20, 30);
    assertThat(all(engine(here), "SELECT id FROM items ORDER BY id LIMIT 30", FOUR))
        .isEqualTo(numbers(30));
    assertThat(here.wantedParts()).containsExactly(16);
    AdjustableTable there = items(40, 5).withEverything();
    assertThat(all(engine(there), "SELECT id FROM items ORDER BY id", FOUR)).isEqualTo(numbers(40));
    assertThat(there.wantedParts()).containsExactly(1);
  }

  @Test
  void a_reader_that_stands_still_holds_the_chains_back() throws Exception {
    CountDownLatch eight = new CountDownLatch(8);
    AdjustableTable items = items(400, 5, 100, 200, 300).beforeFetch(any -> eight.countDown());
    try (Result result = engine(items).query("SELECT id FROM items", FOUR)) {
      result.next();
      assertThat(eight.await(30, TimeUnit.SECONDS)).isTrue();
      // one page read, and of each chain one that waits and one on its way
      assertThat(items.fetched().size()).isLessThanOrEqualTo(9);
    }
  }

  @Test
  void what_fails_in_one_chain_ends_all_and_says_where() {
    AdjustableTable items =
        items(400, 5, 100, 200, 300)
            .beforeFetch(
                place -> {
                  if (place.contains("GE(id,200)") && place.endsWith(" 20")) {
                    throw new SourceException(ErrorKind.REMOTE_FAILURE, "the service failed");
                  }
                });
    try (Result result = engine(items).query("SELECT id FROM items", FOUR)) {
      assertThatThrownBy(() -> rows(result, 400))
          .hasMessage("crm.items, page 5, after 20 rows: the service failed");
      assertThatThrownBy(result::next).hasMessageContaining("the service failed");
      assertThat(result.verdict().complete()).isFalse();
    }
    assertThat(items.fetched().size()).isLessThan(80);
  }

  @Test
  void a_close_ends_chains_that_wait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(3);
    AdjustableTable items =
        items(40, 5, 10, 20, 30)
            .beforeFetch(
                place -> {
                  if (!place.contains("GE")) {
                    return;
                  }
                  waiting.countDown();
                  try {
                    over.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    Result result = engine(items).query("SELECT id FROM items", FOUR);
    assertThat(rows(result, 10)).isEqualTo(numbers(10));
    assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
    result.close();
    assertThatThrownBy(result::next)
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.CANCELLED));
  }

  @Test
  void the_budget_is_one_for_all_chains() {
    AdjustableTable items = items(400, 5, 100, 200, 300);
    StatementOptions five = FOUR.withMaxCalls(5).withOnExceed(OnExceed.PARTIAL);
    try (Result result = engine(items).query("SELECT id FROM items", five)) {
      assertThat(rows(result, 400)).hasSizeLessThanOrEqualTo(25);
      assertThat(result.verdict().complete()).isFalse();
      assertThat(result.costs().calls()).isEqualTo(5);
    }
  }

  @Test
  void a_statement_goes_on_after_any_row_with_chains_side_by_side() {
    for (int stop = 0; stop <= 60; stop++) {
      AdjustableTable items = items(60, 4, 7, 30, 31, 50).withEmptyPages();
      Engine engine = engine(items);
      String sql = "SELECT id FROM items WHERE id <> 33";
      List<Integer> rows;
      ResumePoint point;
      try (Result result = engine.query(sql, FOUR)) {
        rows = rows(result, stop);
        point = ResumePoint.parse(result.resumePoint().orElseThrow().text());
      }
      StatementOptions again =
          StatementOptions.DEFAULT.withResume(point).withParallel(1 + stop % 5);
      rows.addAll(all(engine, sql, again));
      assertThat(rows).hasSize(59);
      assertThat(new TreeSet<>(rows)).hasSize(59).doesNotContain(33);
    }
  }

  @Test
  void the_plan_shows_the_parts() {
    Engine engine = engine(items(400, 5, 100, 200, 300));
    assertThat(engine.explain("SELECT id FROM items", FOUR).text())
        .contains("  parts     4, 4 at a time: part 0; part 1; part 2; …\n");
    assertThat(engine.explain("SELECT id FROM items LIMIT 5", FOUR).text())
        .contains("  parts     4, one after the other: part 0; part 1; part 2; …\n");
  }

  @Test
  void a_number_of_chains_below_1_is_refused() {
    assertThatThrownBy(() -> StatementOptions.DEFAULT.withParallel(0))
        .hasMessage("parallel must be a number from 1, not 0");
  }
}
