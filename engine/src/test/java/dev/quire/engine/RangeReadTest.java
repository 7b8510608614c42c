package dev.quire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.quire.engine.config.Configuration;
import dev.quire.engine.fake.AdjustableTable;
import dev.quire.engine.fake.FakeConnector;
import dev.quire.engine.fake.FakeSource;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Fidelity;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.TableName;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RangeReadTest {
  private static final int ROWS = 100;
  private static final int PAGE = 10;

  @TempDir Path cache;
  private final HandClock clock = new HandClock();
  private final List<Engine> engines = new ArrayList<>();
  private Map<String, String> keys = Map.of();

  /** A clock that only tests move. */
  private static final class HandClock implements TimeSource {
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");

    @Override
    public synchronized Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(Duration duration) {
      advance(duration);
    }

    synchronized void advance(Duration by) {
      now = now.plus(by);
    }
  }

  @AfterEach
  void close() {
    engines.forEach(Engine::close);
  }

  private Engine engine(AdjustableTable... tables) {
    Map<String, String> section = new HashMap<>(keys);
    section.put("type", "fake");
    Engine engine =
        new QuireEngine(
            Configuration.of(Map.of("crm", section)),
            new ConnectorContext(clock, () -> 0.5).withCache(Optional.of(cache)),
            Map.of("fake", new FakeConnector(new FakeSource("crm", tables))));
    engines.add(engine);
    return engine;
  }

  /** Rows with an id from {@code first} on. */
  private static AdjustableTable items(int first, int rows) {
    List<Object[]> all = new ArrayList<>();
    for (int i = first; i < first + rows; i++) {
      all.add(new Object[] {i, "name " + i % 7});
    }
    return new AdjustableTable(
            "items",
            List.of(
                Column.of("id", DataType.INTEGER).notNull(), Column.of("name", DataType.VARCHAR)),
            all)
        .withPageSize(PAGE)
        .withLastingContinuations();
  }

  private static AdjustableTable items() {
    return items(0, ROWS);
  }

  /** What a statement gave, and what it said. */
  private record Ran(List<Integer> ids, List<String> notes, List<String> warnings) {}

  private static Ran run(Engine engine, String sql) {
    return run(engine, sql, StatementOptions.DEFAULT);
  }

  private static Ran run(Engine engine, String sql, StatementOptions options) {
    try (Result result = engine.query(sql, options)) {
      List<Integer> ids = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        ids.add((Integer) row[0]);
      }
      assertThat(result.verdict().complete()).isTrue();
      return new Ran(ids, result.notes(), result.warnings());
    }
  }

  private static List<Integer> ids(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static String range(int limit, int offset) {
    return "SELECT id, name FROM items LIMIT " + limit + " OFFSET " + offset;
  }

  private List<Path> files() throws IOException {
    Path folder = cache.resolve("pages");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void a_second_range_asks_for_the_pages_that_hold_it_alone() {
    AdjustableTable items = items();
    assertThat(run(engine(items), range(15, 50)).ids()).isEqualTo(ids(50, 65));
    assertThat(items.fetched()).containsExactly("", "10", "20", "30", "40", "50", "60");

    clock.advance(Duration.ofMinutes(3));
    items.forgetFetched();
    Ran second = run(engine(items), range(10, 55));
    assertThat(second.ids()).isEqualTo(ids(55, 65));
    assertThat(items.fetched()).containsExactly("50", "60");
    assertThat(second.notes())
        .containsExactly(
            "crm.items: began at row 51, where a page began 3 min ago (page index): 5 pages fewer");
    assertThat(second.warnings()).isEmpty();
  }

  @Test
  void a_range_behind_the_known_pages_goes_on_from_the_last_of_them() {
    AdjustableTable items = items();
    run(engine(items), range(5, 30));
    items.forgetFetched();
    assertThat(run(engine(items), range(12, 58)).ids()).isEqualTo(ids(58, 70));
    assertThat(items.fetched()).containsExactly("30", "40", "50", "60");
    items.forgetFetched();
    assertThat(run(engine(items), range(5, 60)).ids()).isEqualTo(ids(60, 65));
    assertThat(items.fetched()).containsExactly("60");
  }

  @Test
  void a_read_of_all_rows_makes_the_index_too() {
    AdjustableTable items = items();
    assertThat(run(engine(items), "SELECT id, name FROM items").ids()).isEqualTo(ids(0, ROWS));
    items.forgetFetched();
    assertThat(run(engine(items), "SELECT id, name FROM items OFFSET 85").ids())
        .isEqualTo(ids(85, ROWS));
    assertThat(items.fetched()).containsExactly("80", "90");
  }

  @Test
  void the_first_page_needs_no_index() {
    AdjustableTable items = items();
    run(engine(items), "SELECT id, name FROM items");
    items.forgetFetched();
    Ran ran = run(engine(items), range(3, 4));
    assertThat(ran.ids()).isEqualTo(ids(4, 7));
    assertThat(items.fetched()).containsExactly("");
    assertThat(ran.notes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 9, 10, 11, 49, 50, 99, 100, 101, 5000})
  void every_offset_gives_the_rows_that_a_read_from_the_start_gives(int offset) {
    AdjustableTable items = items().withEmptyPages();
    run(engine(items), "SELECT id, name FROM items");
    int from = Math.min(offset, ROWS);
    assertThat(run(engine(items), range(7, offset)).ids())
        .isEqualTo(ids(from, Math.min(ROWS, from + 7)));
  }

  @Test
  void an_order_and_filters_of_the_service_belong_to_the_scan() {
    AdjustableTable items = items().withFilters(any -> Fidelity.EXACT).withOrder();
    String sql = "SELECT id FROM items WHERE id >= 20 ORDER BY id DESC LIMIT 5 OFFSET ";
    assertThat(run(engine(items), sql + 42).ids()).containsExactly(57, 56, 55, 54, 53);
    items.forgetFetched();
    assertThat(run(engine(items), sql + 44).ids()).containsExactly(55, 54, 53, 52, 51);
    assertThat(items.fetched()).containsExactly("40");
    items.forgetFetched();
    run(engine(items), sql.replace("DESC", "") + 44);
    assertThat(items.fetched()).startsWith("");
  }

  @Test
  void an_offset_behind_a_filter_of_the_engine_reads_from_the_start() {
    AdjustableTable items = items();
    String sql = "SELECT id FROM items WHERE MOD(id, 2) = 0 LIMIT 3 OFFSET 20";
    run(engine(items), sql);
    items.forgetFetched();
    assertThat(run(engine(items), sql).ids()).containsExactly(40, 42, 44);
    assertThat(items.fetched()).startsWith("");
    assertThat(engine(items).explain(sql, StatementOptions.DEFAULT).text())
        .contains(
            "begins    at the first row: the OFFSET counts the rows that a filter of Quire's own"
                + " leaves");
  }

  @Test
  void moved_pages_are_noticed_and_the_statement_begins_anew() throws IOException {
    run(engine(items()), range(5, 50));
    AdjustableTable moved = items(7, ROWS);
    Ran ran = run(engine(moved), range(5, 50));
    assertThat(ran.ids()).isEqualTo(ids(57, 62));
    assertThat(moved.fetched()).containsExactly("50", "", "10", "20", "30", "40", "50");
    assertThat(ran.notes()).isEmpty();
    assertThat(ran.warnings())
        .containsExactly(
            "crm.items: pages have moved since their starts were kept; read from the first row");
    moved.forgetFetched();
    assertThat(run(engine(moved), range(5, 50)).warnings()).isEmpty();
    assertThat(moved.fetched()).containsExactly("50");
    assertThat(files()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"REJECTED", "NOT_FOUND", "PERMISSION", "REMOTE_FAILURE"})
  void an_expired_continuation_is_told_and_the_statement_begins_anew(String kind) {
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    items.forgetFetched();
    items.failingOnce(new SourceException(ErrorKind.valueOf(kind), "the token has expired"));
    Ran ran = run(engine(items), range(5, 50));
    assertThat(ran.ids()).isEqualTo(ids(50, 55));
    assertThat(items.fetched()).startsWith("50", "", "10");
    assertThat(ran.warnings())
        .containsExactly(
            "crm.items: the start of a page that was kept is no longer good (the token has"
                + " expired); read from the first row");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNREACHABLE", "TIMEOUT", "THROTTLED", "CANCELLED", "BUDGET_EXCEEDED"})
  void a_fault_that_says_nothing_of_the_page_ends_the_statement_and_keeps_the_index(String kind) {
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    items.failingOnce(new SourceException(ErrorKind.valueOf(kind), "not now"));
    try (Result result = engine(items).query(range(5, 50), StatementOptions.DEFAULT)) {
      assertThatThrownBy(result::next).hasMessageContaining("not now");
    }
    items.forgetFetched();
    assertThat(run(engine(items), range(5, 50)).ids()).isEqualTo(ids(50, 55));
    assertThat(items.fetched()).containsExactly("50");
  }

  @Test
  void starts_of_pages_are_used_for_a_quarter_of_an_hour() {
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    clock.advance(Duration.ofMinutes(14));
    items.forgetFetched();
    run(engine(items), range(5, 60));
    assertThat(items.fetched()).containsExactly("50", "60");

    // What was found from a known page is as old as that.
    clock.advance(Duration.ofMinutes(1));
    items.forgetFetched();
    run(engine(items), range(5, 60));
    assertThat(items.fetched()).containsExactly("", "10", "20", "30", "40", "50", "60");
  }

  @Test
  void a_clock_that_was_set_back_makes_no_start_younger() {
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    clock.advance(Duration.ofMinutes(-1));
    items.forgetFetched();
    run(engine(items), range(5, 50));
    assertThat(items.fetched()).startsWith("");
  }

  @Test
  void the_time_can_be_set() {
    keys = Map.of("page_index", "2h");
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    clock.advance(Duration.ofMinutes(119));
    items.forgetFetched();
    run(engine(items), range(5, 50));
    assertThat(items.fetched()).containsExactly("50");
  }

  @Test
  void off_keeps_no_file() throws IOException {
    keys = Map.of("page_index", "off");
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    items.forgetFetched();
    run(engine(items), range(5, 50));
    assertThat(items.fetched()).startsWith("");
    assertThat(files()).isEmpty();
    assertThat(engine(items).explain(range(5, 50), StatementOptions.DEFAULT).text())
        .contains("begins    at the first row: no page index is kept of crm.items");
  }

  @Test
  void where_continuations_die_it_is_off_unless_it_is_switched_on() throws IOException {
    AdjustableTable dying =
        new AdjustableTable(
                "items",
                List.of(Column.of("id", DataType.INTEGER), Column.of("name", DataType.VARCHAR)),
                LongStream.range(0, ROWS).mapToObj(i -> new Object[] {(int) i, "n"}).toList())
            .withPageSize(PAGE);
    run(engine(dying), range(5, 50));
    assertThat(files()).isEmpty();
    keys = Map.of("page_index", "on");
    run(engine(dying), range(5, 50));
    assertThat(files()).hasSize(1);
  }

  @Test
  void another_value_is_refused() {
    keys = Map.of("page_index", "sometimes");
    assertThatThrownBy(() -> run(engine(items()), range(5, 50)))
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("'page_index' must be on, off, or a time");
  }

  @Test
  void the_file_is_its_owners_alone() throws IOException {
    run(engine(items()), range(5, 50));
    assertThat(files()).hasSize(1);
    assumeThat(cache.getFileSystem().supportedFileAttributeViews()).contains("posix");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("pages"))))
        .isEqualTo("rwx------");
  }

  @Test
  void a_damaged_file_is_made_anew() throws IOException {
    AdjustableTable items = items();
    run(engine(items), range(5, 50));
    byte[] bytes = Files.readAllBytes(files().get(0));
    bytes[bytes.length / 2] ^= 1;
    Files.write(files().get(0), bytes);
    Ran ran = run(engine(items), range(5, 50));
    assertThat(ran.ids()).isEqualTo(ids(50, 55));
    assertThat(ran.warnings())
        .containsExactly("crm.items: the page index cannot be read, and is made anew");
    items.forgetFetched();
    assertThat(run(engine(items), range(5, 50)).warnings()).isEmpty();
    assertThat(items.fetched()).containsExactly("50");
  }

  @Test
  void a_folder_that_cannot_be_written_to_harms_nothing() throws IOException {
    Files.createFile(cache.resolve("pages"));
    AdjustableTable items = items();
    assertThat(run(engine(items), range(5, 50)).ids()).isEqualTo(ids(50, 55));
    assertThat(run(engine(items), range(5, 50)).ids()).isEqualTo(ids(50, 55));
  }

  @Test
  void sources_with_other_keys_or_other_columns_have_indexes_of_their_own() throws IOException {
    AdjustableTable items = items();
    keys = Map.of("auth.token", "mine");
    run(engine(items), range(5, 50));
    keys = Map.of("auth.token", "yours");
    items.forgetFetched();
    run(engine(items), range(5, 50));
    assertThat(items.fetched()).startsWith("");
    run(engine(items), "SELECT id FROM items LIMIT 5 OFFSET 50");
    assertThat(files()).hasSize(3);
    for (Path file : files()) {
      assertThat(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1))
          .doesNotContain("mine", "yours");
    }
  }

  @Test
  void parts_that_are_read_side_by_side_have_no_index() throws IOException {
    AdjustableTable items =
        items()
            .withSplits(
                scan ->
                    List.of(
                        Split.whole(TableName.of("items"), scan),
                        Split.whole(TableName.of("items"), scan)));
    run(engine(items), "SELECT id, name FROM items", StatementOptions.DEFAULT.withParallel(2));
    run(engine(items), range(5, 50));
    assertThat(files()).isEmpty();
    assertThat(engine(items).explain(range(5, 50), StatementOptions.DEFAULT).text())
        .contains("begins    at the first row: it is read in parts");
  }

  @Test
  void explain_says_where_the_statement_begins_and_counts_fewer_calls() {
    AdjustableTable items = items();
    assertThat(engine(items).explain(range(15, 50), StatementOptions.DEFAULT).text())
        .contains("begins    at the first row: there is no page index yet")
        .contains("calls     7 expected: the limit of 65 rows in pages of 10");
    run(engine(items), range(15, 50));
    clock.advance(Duration.ofMinutes(3));
    assertThat(engine(items).explain(range(15, 50), StatementOptions.DEFAULT).text())
        .contains("begins    at row 51, where a page began 3 min ago (page index)")
        .contains("calls     2 expected: the limit of 65 rows, from row 51 in pages of 10");
    assertThat(engine(items).explain("SELECT id FROM items", StatementOptions.DEFAULT).text())
        .doesNotContain("begins");
  }

  @Test
  void a_budget_counts_what_was_asked_for() {
    AdjustableTable items = items();
    run(engine(items), range(15, 50));
    StatementOptions two = StatementOptions.DEFAULT.withMaxCalls(2);
    assertThat(run(engine(items), range(15, 50), two).ids()).isEqualTo(ids(50, 65));
    assertThatThrownBy(() -> run(engine(items), range(25, 50), two))
        .isInstanceOfSatisfying(
            SourceException.class,
            fault -> assertThat(fault.kind()).isEqualTo(ErrorKind.BUDGET_EXCEEDED));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 9, 10, 14})
  void a_statement_that_began_in_the_middle_can_be_resumed(int first) {
    AdjustableTable items = items();
    run(engine(items), range(15, 52));
    ResumePoint point;
    List<Integer> ids = new ArrayList<>();
    try (Result result = engine(items).query(range(15, 52), StatementOptions.DEFAULT)) {
      for (int i = 0; i < first; i++) {
        ids.add((Integer) result.next()[0]);
      }
      point = result.resumePoint().orElseThrow();
    }
    ids.addAll(
        run(
                engine(items),
                range(15, 52),
                StatementOptions.DEFAULT.withResume(ResumePoint.parse(point.text())))
            .ids());
    assertThat(ids).isEqualTo(ids(52, 67));
  }

  @Test
  void a_statement_that_stopped_at_the_known_page_begins_with_the_first_row_when_resumed() {
    AdjustableTable items = items();
    run(engine(items), range(15, 52));
    items.failingOnce(new SourceException(ErrorKind.UNREACHABLE, "no line"));
    ResumePoint point;
    try (Result result = engine(items).query(range(15, 52), StatementOptions.DEFAULT)) {
      assertThatThrownBy(result::next).hasMessageContaining("no line");
      point = result.resumePoint().orElseThrow();
    }
    assertThat(run(engine(items), range(15, 52), StatementOptions.DEFAULT.withResume(point)).ids())
        .isEqualTo(ids(52, 67));
  }

  @Test
  void ranges_inside_of_joins_and_unions_begin_in_the_middle_too() {
    AdjustableTable items = items();
    String sql =
        "SELECT a.id FROM (SELECT id, name FROM items LIMIT 4 OFFSET 50) a UNION ALL SELECT id"
            + " FROM (SELECT id, name FROM items LIMIT 2 OFFSET 71) b";
    List<Integer> wanted = List.of(50, 51, 52, 53, 71, 72);
    assertThat(run(engine(items), sql).ids()).isEqualTo(wanted);
    items.forgetFetched();
    assertThat(run(engine(items), sql).ids()).isEqualTo(wanted);
    assertThat(items.fetched()).containsExactly("50", "70");
  }

  @Test
  void many_statements_at_a_time_on_one_index_all_give_their_rows() throws Exception {
    AdjustableTable items = items();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Ran>> tasks = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        int offset = i * 37 % 95;
        Engine engine = engine(items);
        tasks.add(() -> run(engine, range(5, offset)));
      }
      List<Ran> ran = new ArrayList<>();
      for (var each : threads.invokeAll(tasks)) {
        ran.add(each.get());
      }
      for (int i = 0; i < 64; i++) {
        int offset = i * 37 % 95;
        assertThat(ran.get(i).ids()).isEqualTo(ids(offset, offset + 5));
        assertThat(ran.get(i).warnings()).isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void of_many_pages_starts_are_kept_that_lie_evenly_apart() throws IOException {
    AdjustableTable items = items(0, 2_400).withPageSize(2);
    run(engine(items), "SELECT id, name FROM items");
    assertThat(Files.size(files().get(0))).isLessThan(100_000);
    for (int offset : new int[] {300, 1_501, 2_398}) {
      items.forgetFetched();
      assertThat(run(engine(items), range(2, offset)).ids()).isEqualTo(ids(offset, offset + 2));
      assertThat(items.fetched()).hasSizeLessThan(14);
    }
  }

  @Test
  void files_that_nobody_used_for_a_day_are_removed_and_only_so_many_are_kept() throws IOException {
    AdjustableTable items = items().withFilters(any -> Fidelity.EXACT);
    run(engine(items), range(5, 50));
    Path old = files().get(0);
    Files.setLastModifiedTime(
        old, java.nio.file.attribute.FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    Engine engine = engine(items);
    for (int i = 0; i < 105; i++) {
      run(engine, "SELECT id FROM items WHERE id > -" + (i + 2) + " LIMIT 1 OFFSET 15");
    }
    assertThat(files()).doesNotContain(old).hasSize(100);
  }
}
