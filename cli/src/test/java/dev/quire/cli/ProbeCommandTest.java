package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.Reply;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeCommandTest {
  @TempDir Path folder;

  private static Reply answer(String page) {
    Reply reply = Reply.json("[{\"id\":" + page + ",\"name\":\"n\"}]");
    return page.equals("1") ? reply.withHeader("Link", "</items?p=2>; rel=next") : reply;
  }

  @Test
  void what_is_printed_is_a_spec_that_reads_every_row() {
    try (FakeApi api = FakeApi.start()) {
      api.on(request -> answer(request.parameter("p").orElse("1")));
      CommandTrial probe = new CommandTrial(folder);
      probe.engines = Engine::open;

      assertThat(probe.run("probe", api.url("/items"))).isEqualTo(ExitCodes.COMPLETE);

      CommandTrial query = new CommandTrial(folder);
      query.engines = Engine::open;
      query.write("items.yaml", probe.out());
      query.configure("sources: {svc: {type: rest, spec: items.yaml}}\n");
      assertThat(query.run("query", "--format", "csv", "SELECT id FROM svc.items"))
          .isEqualTo(ExitCodes.COMPLETE);
      assertThat(query.out().lines()).containsExactly("id", "1", "2");
    }
  }

  @Test
  void a_service_without_rows_is_refused() {
    try (FakeApi api = FakeApi.start()) {
      api.on(request -> Reply.json("{}"));
      CommandTrial trial = new CommandTrial(folder);
      trial.engines = Engine::open;

      assertThat(trial.run("probe", api.url("/items"))).isEqualTo(ExitCodes.FAILED);
      assertThat(trial.err()).contains("no list with rows");
      assertThat(trial.out()).isEmpty();
    }
  }
}
