package dev.quire.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.spi.SourceException;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportHandlerTest {
  private static final int PAGES = 10;
  private static final int PAGE_ROWS = 100;

  private final FakeApi api = FakeApi.start();
  private final FakeClock clock = FakeClock.start();
  @TempDir private Path folder;

  /** Ten pages, each of which takes a minute of the clock. */
  @BeforeEach
  void serve() throws IOException {
    api.on(
        "/items",
        request -> {
          clock.advance(Duration.ofMinutes(1));
          int page = request.parameter("page").map(Integer::parseInt).orElse(0);
          String rows =
              String.join(
                  ",",
                  IntStream.range(0, PAGE_ROWS)
                      .mapToObj(i -> "{\"id\":" + (page * PAGE_ROWS + i) + "}")
                      .toList());
          String next =
              page + 1 < PAGES ? ",\"next\":\"" + api.url("/items?page=" + (page + 1)) + "\"" : "";
          return Reply.json("{\"rows\":[" + rows + "]" + next + "}");
        });
    Files.writeString(
        folder.resolve("api.yaml"),
        """
        tables:
          items:
            path: /items
            rows: /rows
            paging: {style: next_url, at: /next}
            columns: {id: bigint}
        """);
    Files.writeString(
        folder.resolve("quire.yaml"),
        "sources:\n  api: {type: rest, spec: api.yaml, url: \"" + api.origin() + "\"}\n");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String handle(String event, Duration remaining) throws IOException {
    ExportHandler handler =
        new ExportHandler(
            clock.context(), Map.of("LAMBDA_TASK_ROOT", folder.toString()), new Targets());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        out,
        new Invocation(remaining));
    return out.toString(StandardCharsets.UTF_8);
  }

  private String event(String sql) {
    return "{\"sql\": \"" + sql + "\", \"to\": \"" + output() + "\", \"margin\": \"30s\"}";
  }

  private Path output() {
    return folder.resolve("items.csv");
  }

  /** The value of a text field of an answer, or the whole of an object. */
  private static String field(String json, String name) throws IOException {
    try (JsonParser in = new JsonFactory().createParser(json)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String field = in.currentName();
        JsonToken token = in.nextToken();
        int from = (int) in.currentTokenLocation().getCharOffset();
        if (field.equals(name) && !token.isStructStart()) {
          return in.getText();
        }
        in.skipChildren();
        if (field.equals(name)) {
          return json.substring(from, (int) in.currentLocation().getCharOffset());
        }
      }
    }
    return "";
  }

  @Test
  void invocations_go_on_one_after_the_other_until_all_rows_are_there() throws IOException {
    List<String> answers = new ArrayList<>();
    String next = event("SELECT id FROM api.items");
    while (!next.isEmpty() && answers.size() < 20) {
      answers.add(handle(next, Duration.ofSeconds(225)));
      next = field(answers.get(answers.size() - 1), "event");
    }
    assertThat(answers).hasSizeBetween(2, PAGES);
    assertThat(answers.subList(0, answers.size() - 1))
        .allSatisfy(answer -> assertThat(field(answer, "status")).isEqualTo("continue"));
    String last = answers.get(answers.size() - 1);
    assertThat(field(last, "status")).isEqualTo("complete");
    assertThat(field(last, "rows")).isEqualTo("1000");
    assertThat(Files.readAllLines(output()))
        .containsExactlyElementsOf(
            IntStream.rangeClosed(-1, 999).mapToObj(i -> i < 0 ? "id" : "" + i).toList());
    int again = 2; // the page in which an invocation stopped, and the one that was on its way
    assertThat(api.requests("/items").size())
        .isLessThanOrEqualTo(PAGES + again * (answers.size() - 1));
  }

  @Test
  void the_time_that_is_left_bounds_the_pages_that_are_asked_for() throws IOException {
    handle(event("SELECT id FROM api.items"), Duration.ofSeconds(225));
    assertThat(api.requests("/items").size()).isLessThanOrEqualTo(4);
  }

  @Test
  void a_statement_that_must_read_all_first_fails_instead_of_starting_over_for_ever() {
    assertThatThrownBy(
            () ->
                handle(event("SELECT id FROM api.items ORDER BY id DESC"), Duration.ofSeconds(225)))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("within one invocation");
  }

  @Test
  void an_invocation_without_more_time_than_the_margin_is_an_error() {
    assertThatThrownBy(() -> handle(event("SELECT id FROM api.items"), Duration.ofSeconds(20)))
        .hasMessageContaining("margin of 30 s");
  }

  @Test
  void a_wrong_event_says_which_field_is_wrong() {
    Duration long0 = Duration.ofMinutes(15);
    assertThatThrownBy(() -> handle("[]", long0)).hasMessageContaining("JSON object");
    assertThatThrownBy(() -> handle("{\"sql\": \"SELECT 1\"}", long0))
        .hasMessageContaining("needs the field 'to'");
    assertThatThrownBy(() -> handle("{\"sqll\": \"SELECT 1\"}", long0))
        .hasMessageContaining("Did you mean 'sql'?");
    assertThatThrownBy(() -> handle("{\"sql\": \"SELECT 1\", \"to\": \"s3://bucket\"}", long0))
        .hasMessageContaining("s3://bucket/runs/");
    assertThatThrownBy(
            () -> handle("{\"sql\": \"VALUES (1)\", \"to\": \"x.csv\", \"margin\": \"1\"}", long0))
        .hasMessageContaining("margin '1' is no time");
  }

  /** What Lambda tells of an invocation; only its time is asked for. */
  private record Invocation(Duration remaining) implements Context {
    @Override
    public String getAwsRequestId() {
      return "1";
    }

    @Override
    public String getLogGroupName() {
      return "";
    }

    @Override
    public String getLogStreamName() {
      return "";
    }

    @Override
    public String getFunctionName() {
      return "quire";
    }

    @Override
    public String getFunctionVersion() {
      return "1";
    }

    @Override
    public String getInvokedFunctionArn() {
      return "";
    }

    @Override
    public CognitoIdentity getIdentity() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ClientContext getClientContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getRemainingTimeInMillis() {
      return (int) remaining.toMillis();
    }

    @Override
    public int getMemoryLimitInMB() {
      return 1024;
    }

    @Override
    public LambdaLogger getLogger() {
      throw new UnsupportedOperationException();
    }
  }
}
