package dev.quire.it.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.ResumePoint;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleRequest;
import dev.quire.sample.SampleServer;
import dev.quire.spi.ConnectorContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables read in ranges of a column, side by side: over a service that pages and throttles. */
@Timeout(120)
class ParallelReadTest {
  private static final String ALL = "SELECT accountid, createdon, name FROM s.accounts";

  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(3_000));

  private Statements statements() {
    return Statements.over(
        server.baseUrl(), Map.of("profile", "dataverse"), ConnectorContext.system());
  }

  private static StatementOptions parallel(int chains) {
    return StatementOptions.DEFAULT.withPageSize(50).withParallel(chains);
  }

  private List<String> targets() {
    return server.requests().stream()
        .map(SampleRequest::target)
        .map(target -> URLDecoder.decode(target, StandardCharsets.UTF_8))
        .filter(target -> !target.contains("$metadata"))
        .toList();
  }

  @Test
  void the_configuration_says_it_for_all_statements() {
    Configuration usual =
        Configuration.of(
            Map.of("s", Map.of("type", "odata", "profile", "dataverse", "url", server.baseUrl())));
    Configuration configuration =
        new Configuration(
            usual.sources(), usual.types(), usual.limits(), usual.memory(), OptionalInt.of(4));
    try (server;
        Engine engine = Engine.open(configuration, ConnectorContext.system())) {
      assertThat(Statements.drain(engine.query(ALL, parallel(1)))).hasSize(3_000);
      assertThat(targets()).noneMatch(target -> target.contains("createdon ge"));
      StatementOptions silent = StatementOptions.DEFAULT.withPageSize(50);
      assertThat(Statements.drain(engine.query(ALL, silent))).hasSize(3_000);
      assertThat(targets()).anyMatch(target -> target.contains("createdon ge"));
    }
  }

  @Test
  void eight_chains_give_the_rows_of_one() {
    try (server;
        Statements statements = statements()) {
      List<List<Object>> one = statements.rows(ALL, parallel(1));
      assertThat(statements.rows(ALL, parallel(8))).containsExactlyInAnyOrderElementsOf(one);
      String filtered = ALL + " WHERE statecode = 0 AND createdon IS NOT NULL";
      assertThat(statements.rows(filtered, parallel(8)))
          .containsExactlyInAnyOrderElementsOf(statements.rows(filtered, parallel(1)));
      String sorted = ALL + " ORDER BY name NULLS LAST, accountid LIMIT 70";
      assertThat(statements.rows(sorted, parallel(8)))
          .isEqualTo(statements.rows(sorted, parallel(1)));
    }
  }

  @Test
  void the_bounds_cost_three_calls_and_the_outermost_ranges_are_open() {
    try (server;
        Statements statements = statements()) {
      statements.rows(ALL, parallel(2));
      List<String> targets = targets();
      assertThat(targets.get(0)).contains("$count");
      assertThat(targets.get(1)).contains("createdon ne null&$orderby=createdon,accountid&$top=1");
      assertThat(targets.get(2)).contains("$orderby=createdon desc,accountid&$top=1");
      List<String> firsts =
          targets.stream().skip(3).filter(each -> !each.contains("skiptoken")).toList();
      assertThat(firsts).hasSize(9);
      assertThat(firsts.stream().filter(each -> each.contains("createdon ge"))).hasSize(7);
      assertThat(firsts.stream().filter(each -> each.contains("createdon lt"))).hasSize(7);
      assertThat(firsts.stream().filter(each -> each.contains("createdon eq null"))).hasSize(1);
    }
  }

  @Test
  void a_table_of_few_pages_a_limit_and_a_pushed_order_are_not_divided() {
    try (server;
        Statements statements = statements()) {
      StatementOptions large = StatementOptions.DEFAULT.withPageSize(1_000).withParallel(8);
      statements.rows(ALL, large);
      assertThat(targets()).noneMatch(each -> each.contains("createdon ge"));
      server.forgetRequests();
      statements.rows(ALL + " LIMIT 60", parallel(8));
      assertThat(targets()).hasSize(2);
      server.forgetRequests();
      assertThat(
              statements.rows(ALL + " WHERE createdon IS NOT NULL ORDER BY createdon", parallel(8)))
          .isNotEmpty();
      assertThat(targets()).noneMatch(each -> each.contains("createdon ge"));
    }
  }

  @Test
  void throttling_makes_it_slower_and_nothing_else() {
    try (server;
        Statements statements = Statements.over(server.baseUrl(), Map.of("profile", "dataverse"))) {
      server.throttleNext(3, "1");
      assertThat(new HashSet<>(statements.rows(ALL, parallel(8)))).hasSize(3_000);
    }
  }

  @Test
  void a_read_goes_on_in_another_run_with_another_number_of_chains() {
    try (server;
        Statements statements = statements()) {
      List<List<Object>> rows = new ArrayList<>();
      StatementOptions options = parallel(4);
      for (int stop : new int[] {1, 77, 500, 1_400}) {
        try (Result result = statements.engine().query(ALL, options)) {
          IntStream.range(0, stop).forEach(i -> rows.add(List.of(result.next())));
          ResumePoint point = ResumePoint.parse(result.resumePoint().orElseThrow().text());
          options = parallel(1 + stop % 5).withResume(point);
        }
      }
      try (Result result = statements.engine().query(ALL, options)) {
        assertThat(rows.size() + Statements.drain(result).size()).isEqualTo(3_000);
      }
    }
  }

  @Test
  void the_plan_shows_the_ranges() {
    try (server;
        Statements statements = statements()) {
      assertThat(statements.engine().explain(ALL, parallel(8)).text())
          .contains("  parts     31, 8 at a time: createdon lt ");
    }
  }

  @Test
  void a_service_that_refuses_to_sort_is_read_in_one_part_with_a_warning() {
    try (server;
        Statements statements = statements()) {
      server.refuseSorting();
      try (Result result = statements.engine().query(ALL, parallel(8))) {
        assertThat(Statements.drain(result)).hasSize(3_000);
        assertThat(result.warnings())
            .singleElement()
            .satisfies(
                warning ->
                    assertThat(warning)
                        .startsWith(
                            "s.accounts: read in one part, because the service did not say"));
      }
    }
  }
}
