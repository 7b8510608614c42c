package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import dev.quire.chain.BudgetState;
import dev.quire.chain.Costs;
import dev.quire.chain.Usage;
import dev.quire.chain.Verdict;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Quota;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatsTest {
  @TempDir Path folder;
  @TempDir Path stats;
  private CommandTrial quire;

  @BeforeEach
  void configure() throws IOException {
    quire = new CommandTrial(folder);
  }

  @Test
  void a_complete_statement_is_summed_up() throws IOException {
    Costs costs = new Costs(3, 1, 3, 0, 99, Duration.ofMillis(5));
    Quota quota =
        new Quota(
            "core",
            OptionalLong.of(5_000),
            4_987,
            Optional.of(Instant.parse("2026-11-28T12:00:00Z")));
    quire.engine.usage =
        new Usage(
            List.of(
                new Usage.OfSource(
                    "crm",
                    costs,
                    30,
                    List.of(new Usage.OfTable("crm.accounts", costs, 30)),
                    List.of(quota))),
            List.of(new BudgetState("crm", "calls per day", 500, 20)));
    assertThat(run()).isZero();
    assertThat(text())
        .contains("\"verdict\": \"complete\"", "\"reason\": null", "\"rows\": 3")
        .contains("\"table\": \"crm.accounts\",\n          \"rows_read\": 30")
        .contains("\"remaining\": 4987", "\"resets\": \"2026-11-28T12:00:00Z\"")
        .contains("\"unit\": \"calls\",\n      \"per_day\": true", "\"left\": 480");
    assertThat(quire.err())
        .contains("; crm says: 4,987 of 5,000 core left until 2026-11-28T12:00:00Z");
  }

  @Test
  void a_partial_statement_says_why() throws IOException {
    quire.engine.verdict = Verdict.partial("the deadline of 5 s has come; 3 rows were \"read\"");
    assertThat(run()).isEqualTo(3);
    assertThat(text())
        .contains("\"verdict\": \"partial\"", "\"exit_code\": 3")
        .contains("\"reason\": \"the deadline of 5 s has come; 3 rows were \\\"read\\\"\"");
  }

  @Test
  void a_statement_that_never_began_has_a_summary_too() throws IOException {
    quire.engine.faultAtOnce =
        new SourceException(ErrorKind.UNKNOWN_NAME, "no table").withPlace("crm.x");
    assertThat(run()).isEqualTo(1);
    assertThat(text())
        .contains("\"verdict\": \"failed\"", "\"reason\": \"crm.x: no table\"", "\"rows\": 0");
  }

  @Test
  void a_statement_that_breaks_off_keeps_its_costs() throws IOException {
    quire.engine.fault = new SourceException(ErrorKind.UNREACHABLE, "gone");
    assertThat(run()).isEqualTo(1);
    assertThat(text()).contains("\"reason\": \"gone\"", "\"calls\": 3", "\"retries\": 2");
  }

  @Test
  void a_folder_that_is_not_there_is_said_before_anything_is_asked_for() {
    assertThat(quire.run("query", "SELECT 1", "--stats", folder + "/absent/s.json")).isEqualTo(1);
    assertThat(quire.err()).contains("its folder does not exist");
    assertThat(quire.engine.statements).isEmpty();
  }

  private int run() {
    return quire.run("query", "SELECT 1", "--stats", stats.resolve("s.json").toString());
  }

  /** The summary, which is JSON, and nothing beside it. */
  private String text() throws IOException {
    try (var files = Files.list(stats)) {
      assertThat(files.map(each -> each.getFileName().toString())).containsExactly("s.json");
    }
    String text = Files.readString(stats.resolve("s.json"));
    try (var parser = new JsonFactory().createParser(text)) {
      parser.nextToken();
      parser.skipChildren();
      assertThat(parser.nextToken()).isNull();
    }
    return text;
  }
}
