package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.ConnectorContext;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadStartTest {

  @ParameterizedTest
  @ValueSource(strings = {"query", "tables"})
  void an_engine_runs_statements_with_and_without_a_head_start(String command) {
    HeadStart start = HeadStart.of(command, "of whatever");
    try (Engine engine = start.open(Configuration.of(Map.of()), ConnectorContext.system());
        Result result = engine.query("VALUES (1)", StatementOptions.DEFAULT)) {
      assertThat(result.next()).containsExactly(1);
    }
  }
}
