package dev.quire.thirdparty.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.export.Export;
import dev.quire.export.ExportOutcome;
import dev.quire.export.ExportRequest;
import dev.quire.export.ExportRequest.Start;
import dev.quire.export.jdbc.JdbcDestination;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.TimeSource;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports into PostgreSQL, which is told to break the connection again and again. */
class ExportToPostgreSqlTest {
  private static final int ROWS = 40_000;
  private static final int PAGE = 1_000;
  private static final String SPEC =
      """
      url: %s
      paging: {style: token, from: /next, parameter: cursor}
      tables:
        rows:
          path: /rows
          rows: /items
          columns:
            id: bigint
            name: string
            amount: decimal(12, 2)
            made: timestamptz
            day: date
            ok: boolean
            more: json
            ref: uuid
      """;

  private static PostgreSql postgreSql;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    postgreSql = PostgreSql.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (postgreSql != null) {
      postgreSql.close();
    }
  }

  @BeforeEach
  void clear() throws SQLException {
    query("DROP TABLE IF EXISTS runs; DROP TABLE IF EXISTS quire_checkpoint; SELECT 1");
  }

  private static Reply page(ReceivedRequest request) {
    int from = request.parameter("cursor").map(Integer::parseInt).orElse(0);
    StringBuilder json = new StringBuilder("{\"items\":[");
    for (int id = from; id < Math.min(ROWS, from + PAGE); id++) {
      json.append(id == from ? "" : ",").append(row(id));
    }
    json.append("]");
    if (from + PAGE < ROWS) {
      json.append(",\"next\":\"").append(from + PAGE).append('"');
    }
    return Reply.json(json.append("}").toString());
  }

  private static String row(int id) {
    if (id % 10 == 9) {
      return "{\"id\":" + id + "}";
    }
    return ("{\"id\":%d,\"name\":\"row ü '%d'\",\"amount\":%d.25,\"made\":\"2026-01-02T03:04:05.123456Z\","
            + "\"day\":\"2026-02-03\",\"ok\":true,\"more\":{\"a\":[1]},"
            + "\"ref\":\"0ccccbf5-df30-49e4-8525-79fcd5d4ea79\"}")
        .formatted(id, id, id);
  }

  private static List<List<Object>> query(String sql) throws SQLException {
    try (Connection connection = postgreSql.connect();
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      List<List<Object>> all = new ArrayList<>();
      try (ResultSet result = statement.getResultSet()) {
        while (result.next()) {
          List<Object> row = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.add(result.getObject(i));
          }
          all.add(row);
        }
      }
      return all;
    }
  }

  private ExportOutcome run(Engine engine, Runnable perPage) throws IOException {
    ExportRequest request =
        new ExportRequest(
            "SELECT * FROM api.rows",
            StatementOptions.DEFAULT.withListener(report -> perPage.run()),
            name -> name,
            Start.RESUME);
    try (JdbcDestination destination =
        new JdbcDestination(postgreSql.url() + "&ApplicationName=export", List.of(), "runs")) {
      return new Export(engine, new Hurried())
          .run(request, destination, (result, former) -> () -> {});
    }
  }

  /** Breaks the export's connections, as a kill of its process does. */
  private static void breakOff() {
    try {
      query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name ="
              + " 'export'");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A second goes by whenever it is asked, so that every page is committed. */
  private static final class Hurried implements TimeSource {
    private final AtomicLong seconds = new AtomicLong();

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return seconds.incrementAndGet() * 1_000_000_000L;
    }

    @Override
    public void sleep(Duration duration) {}
  }

  @Test
  void rows_are_there_once_however_often_the_connection_breaks() throws Exception {
    try (FakeApi api = FakeApi.start().on("/rows", ExportToPostgreSqlTest::page)) {
      Path spec = Files.writeString(folder.resolve("rows.yaml"), SPEC.formatted(api.origin()));
      Configuration configuration =
          Configuration.of(Map.of("api", Map.of("type", "rest", "spec", spec.toString())));
      Random random = new Random(3);
      int broken = 0;
      boolean complete = false;
      boolean resumed = false;
      while (!complete) {
        try (Engine engine = Engine.open(configuration, ConnectorContext.system())) {
          boolean quiet = broken >= 12;
          ExportOutcome outcome =
              run(
                  engine,
                  () -> {
                    if (!quiet && random.nextInt(12) == 0) {
                      breakOff();
                    }
                  });
          complete = outcome.complete();
          resumed |= complete && outcome.rows() < ROWS;
          broken += complete ? 0 : 1;
        } catch (IOException e) {
          broken++;
        }
        assertThat(broken).isLessThan(30);
      }
      assertThat(resumed).as("a run went on after the rows of another").isTrue();
    }
    assertThat(query("SELECT count(*), count(DISTINCT id), max(id) FROM runs"))
        .containsExactly(List.of((long) ROWS, (long) ROWS, ROWS - 1L));
    assertThat(query("SELECT count(*) FROM quire_checkpoint")).containsExactly(List.of(0L));
    assertThat(
            query(
                "SELECT name, amount::text, made AT TIME ZONE 'UTC' = '2026-01-02 03:04:05.123456',"
                    + " day::text, ok, more::text, ref::text FROM runs WHERE id = 7"))
        .containsExactly(
            List.of(
                "row ü '7'",
                "7.25",
                true,
                "2026-02-03",
                true,
                "{\"a\": [1]}",
                "0ccccbf5-df30-49e4-8525-79fcd5d4ea79"));
    assertThat(
            query(
                "SELECT count(*) FROM runs WHERE name IS NULL AND amount IS NULL AND made IS NULL"
                    + " AND more IS NULL AND ref IS NULL AND ok IS NULL AND day IS NULL"))
        .containsExactly(List.of(ROWS / 10L));
    assertThat(
            query(
                "SELECT string_agg(data_type, ', ' ORDER BY ordinal_position) FROM"
                    + " information_schema.columns WHERE table_name = 'runs'"))
        .containsExactly(
            List.of("bigint, text, numeric, timestamp with time zone, date, boolean, jsonb, uuid"));
  }
}
