package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The columns that a REST table's first page tells, and what becomes of them. */
class DescribeAsSpecTest {
  @TempDir Path folder;

  private CommandTrial trial(FakeApi api) {
    CommandTrial trial = new CommandTrial(folder);
    trial.engines = Engine::open;
    trial.configure("sources: {svc: {type: rest, spec: items.yaml}}\n");
    trial.write("items.yaml", "url: " + api.url("") + "\ntables: {items: {path: /items}}\n");
    return trial;
  }

  @Test
  void found_columns_are_printed_as_the_spec_has_them() {
    try (FakeApi api = FakeApi.start()) {
      api.on(request -> Reply.json("[{\"id\":1,\"on\":true}]"));
      CommandTrial trial = trial(api);

      assertThat(trial.run("describe", "svc.items", "--as-spec")).isEqualTo(ExitCodes.COMPLETE);

      assertThat(trial.out())
          .isEqualTo("tables:\n  items:\n    columns:\n      id: bigint\n      on: boolean\n");
    }
  }

  @Test
  void a_statement_without_columns_asks_for_each_page_once() {
    try (FakeApi api = FakeApi.start()) {
      api.on(request -> Reply.json("[{\"id\":1},{\"id\":2}]"));
      CommandTrial trial = trial(api);

      assertThat(trial.run("query", "--format", "csv", "SELECT * FROM svc.items WHERE id > 1"))
          .isEqualTo(ExitCodes.COMPLETE);

      assertThat(trial.out().lines()).containsExactly("id", "2");
      assertThat(api.requests()).hasSize(1);
    }
  }
}
