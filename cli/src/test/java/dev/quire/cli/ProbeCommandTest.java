package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.Engine;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
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

  private CommandTrial trial() {
    CommandTrial trial = new CommandTrial(folder);
    trial.engines = Engine::open;
    return trial;
  }

  /** A list for those who say the token. */
  private static Reply guarded(ReceivedRequest request) {
    boolean known = request.header("Authorization").filter("Bearer s3cret"::equals).isPresent();
    return known ? answer(request.parameter("p").orElse("1")) : Reply.status(401);
  }

  @Test
  void a_sources_url_and_credentials_are_used_and_not_printed() {
    try (FakeApi api = FakeApi.start()) {
      api.on(ProbeCommandTest::guarded);
      CommandTrial trial = trial();
      trial.environment.put("SVC_TOKEN", "s3cret");
      String source =
          "sources: {svc: {type: rest, url: '%s', %%s auth: {type: bearer, token: '${env:SVC_TOKEN}'}}}\n"
              .formatted(api.url("/"));
      trial.configure(source.formatted(""));

      assertThat(trial.run("probe", "--source", "SVC", "/items")).isEqualTo(ExitCodes.COMPLETE);
      assertThat(trial.out()).doesNotContain("s3cret", "url:").contains("path: /items");

      CommandTrial query = trial();
      query.environment.put("SVC_TOKEN", "s3cret");
      query.write("items.yaml", trial.out());
      query.configure(source.formatted("spec: items.yaml,"));
      assertThat(query.run("query", "--format", "csv", "SELECT id FROM svc.items"))
          .isEqualTo(ExitCodes.COMPLETE);
      assertThat(query.out().lines()).containsExactly("id", "1", "2");
    }
  }

  @Test
  void credentials_may_be_references_on_the_command_line() {
    try (FakeApi api = FakeApi.start()) {
      api.on(ProbeCommandTest::guarded);
      CommandTrial trial = trial();
      trial.environment.put("TOKEN", "s3cret");

      assertThat(
              trial.run(
                  "probe", api.url("/items"), "--auth", "type=bearer", "--auth", "token=env:TOKEN"))
          .isEqualTo(ExitCodes.COMPLETE);
      assertThat(trial.out())
          .doesNotContain("s3cret")
          .contains("auth: {type: \"bearer\", token: \"${env:TOKEN}\"}");
    }
  }

  @Test
  void a_secret_on_the_command_line_is_refused_and_not_repeated() {
    CommandTrial trial = trial();

    assertThat(trial.run("probe", "http://127.0.0.1:1/", "--auth", "token=s3cret"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(trial.run("probe", "http://127.0.0.1:1/", "-H", "Authorization: Bearer s3cret"))
        .isEqualTo(ExitCodes.USAGE);
    assertThat(trial.err())
        .contains("is a secret", "env:VARIABLE or file:PATH")
        .doesNotContain("s3cret");
  }

  @Test
  void credentials_go_to_no_other_origin_than_the_sources() {
    try (FakeApi api = FakeApi.start();
        FakeApi other = FakeApi.start()) {
      CommandTrial trial = trial();
      trial.configure(
          "sources: {svc: {type: rest, url: '%s', auth: {type: bearer, token: s3cret}}}\n"
              .formatted(api.url("/")));

      assertThat(trial.run("probe", "--source", "svc", other.url("/items")))
          .isEqualTo(ExitCodes.USAGE);
      assertThat(trial.err()).contains("the URL is not below the source's");
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void a_secret_in_the_url_is_sent_and_stands_in_no_spec() {
    try (FakeApi api = FakeApi.start()) {
      api.on(
          request ->
              request.parameter("api_key").filter("s3cret"::equals).isPresent()
                  ? Reply.json("[{\"id\":1}]")
                  : Reply.status(401));
      CommandTrial trial = trial();

      assertThat(trial.run("probe", api.url("/items?api_key=s3cret&kind=a"), "-v"))
          .isEqualTo(ExitCodes.COMPLETE);
      assertThat(trial.out() + trial.err()).doesNotContain("s3cret");
      assertThat(trial.out()).contains("kind: \"a\"", "'api_key' was left out of the parameters");
    }
  }

  @Test
  void pages_for_people_errors_and_single_things_are_refused() {
    refused(Reply.html("<html>log in</html>"), "not JSON but text/html");
    refused(Reply.status(403), "403");
    refused(Reply.json("[]"), "no list with rows: it is empty");
    refused(Reply.json("{\"id\":1}"), "it is a single object");
    refused(Reply.json("7"), "it is a single value");
    refused(Reply.json(""), "no body");
  }

  private void refused(Reply reply, String said) {
    try (FakeApi api = FakeApi.start()) {
      api.on(request -> reply);
      CommandTrial trial = trial();

      assertThat(trial.run("probe", api.url("/items"))).isEqualTo(ExitCodes.FAILED);
      assertThat(trial.err()).contains(said);
      assertThat(trial.out()).isEmpty();
    }
  }

  @Test
  void calls_are_limited() {
    try (FakeApi api = FakeApi.start()) {
      api.on(request -> Reply.json("[{\"id\":1},{\"id\":2}]"));
      CommandTrial trial = trial();

      assertThat(trial.run("probe", api.url("/items"), "--max-calls", "2"))
          .isEqualTo(ExitCodes.FAILED);
      assertThat(trial.err()).contains("budget of 2 calls");
      assertThat(api.requests()).hasSize(2);
    }
  }

  @Test
  void ctrl_c_ends_it() {
    try (FakeApi api = FakeApi.start()) {
      CommandTrial trial = trial();
      api.on(
          request -> {
            trial.interrupts.raise();
            return Reply.stall();
          });

      assertThat(trial.run("probe", api.url("/items"))).isEqualTo(ExitCodes.INTERRUPTED);
      assertThat(trial.out()).isEmpty();
    }
  }

  @Test
  void a_body_may_come_from_a_file() {
    try (FakeApi api = FakeApi.start()) {
      api.on(
          request ->
              request.text().contains("\"kind\":\"a\"")
                      || request.text().contains("\"kind\": \"a\"")
                  ? Reply.json("{\"items\":[{\"id\":1}]}")
                  : Reply.status(400));
      CommandTrial trial = trial();
      trial.write("body.json", "{\"kind\": \"a\"}");

      assertThat(trial.run("probe", api.url("/items"), "--body", "@body.json"))
          .isEqualTo(ExitCodes.COMPLETE);
      assertThat(trial.out()).contains("method: POST", "body: {\"kind\":\"a\"}");
    }
  }

  @Test
  void a_document_becomes_a_spec() {
    CommandTrial trial = trial();
    trial.write(
        "api.yaml",
        """
        openapi: 3.1.0
        info: {title: T, version: "1"}
        paths:
          /items:
            get:
              responses:
                "200": {content: {application/json: {schema: {type: array, items: {type: object, properties: {id: {type: integer}}}}}}}
        """);

    assertThat(trial.run("probe", "--openapi", "api.yaml")).isEqualTo(ExitCodes.COMPLETE);
    assertThat(trial.out()).contains("path: /items", "id: bigint");
    assertThat(trial.run("probe", "--openapi", "none.yaml")).isEqualTo(ExitCodes.USAGE);
    assertThat(trial.err()).contains("there is no file", "none.yaml");
    assertThat(trial.run("probe")).isEqualTo(ExitCodes.USAGE);
    assertThat(trial.err()).contains("quire: Missing required argument");
  }
}
