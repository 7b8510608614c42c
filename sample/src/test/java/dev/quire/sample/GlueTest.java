package dev.quire.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GlueTest {
  private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=demo";

  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT);
  private final Caller caller = new Caller(server);

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> ask(String operation, String body) {
    return caller.post("/", body, "X-Amz-Target", "AWSGlue." + operation, "Authorization", SIGNED);
  }

  @Test
  void has_three_jobs() {
    String body = ask("GetJobs", "{}").body();

    assertThat(Caller.values(body, "WorkerType")).hasSize(3);
    assertThat(body).contains("\"Name\":\"etl\"").doesNotContain("NextToken");
  }

  @Test
  void gives_all_1234_runs_in_pages_of_200_newest_first() {
    List<Integer> pages = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (String job : List.of("etl", "daily-report", "backfill")) {
      String token = "";
      do {
        String more = token.isEmpty() ? "" : ",\"NextToken\":\"" + token + "\"";
        String body = ask("GetJobRuns", "{\"JobName\":\"" + job + "\"" + more + "}").body();
        List<Double> started =
            Caller.values(body, "StartedOn").stream()
                .map(Double::valueOf)
                .collect(Collectors.toList());
        assertThat(started).isSortedAccordingTo((one, two) -> Double.compare(two, one));
        pages.add(started.size());
        ids.addAll(Caller.values(body, "Id"));
        token = String.join("", Caller.values(body, "NextToken"));
      } while (!token.isEmpty());
    }

    assertThat(pages).containsExactly(200, 200, 200, 200, 34, 200, 165, 35);
    assertThat(new HashSet<>(ids)).hasSize(1_234);
  }

  @Test
  void refuses_more_than_200_runs_a_page() {
    HttpResponse<String> answer = ask("GetJobRuns", "{\"JobName\":\"etl\",\"MaxResults\":201}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("\"__type\":\"InvalidInputException\"").contains("200");
  }

  @Test
  void refuses_a_token_of_another_job() {
    String body = ask("GetJobRuns", "{\"JobName\":\"etl\"}").body();
    String token = Caller.values(body, "NextToken").get(0);

    assertThat(
            ask("GetJobRuns", "{\"JobName\":\"backfill\",\"NextToken\":\"" + token + "\"}").body())
        .contains("InvalidInputException");
  }

  @Test
  void names_what_is_missing_or_unknown() {
    assertThat(ask("GetJobRuns", "{}").body()).contains("JobName is required");
    assertThat(ask("GetJobRuns", "{\"JobName\":\"\\u0065tl2\"}").body())
        .contains("EntityNotFoundException")
        .contains("etl2");
    assertThat(ask("GetTables", "{}").body()).contains("UnknownOperationException");
    assertThat(caller.post("/", "{}", "X-Amz-Target", "AWSGlue.GetJobs").body())
        .contains("MissingAuthenticationTokenException");
  }

  @Test
  void throttles_in_the_manner_of_aws() {
    server.throttleNext(1, "1");

    HttpResponse<String> answer = ask("GetJobs", "{}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("ThrottlingException");
    assertThat(ask("GetJobs", "{}").statusCode()).isEqualTo(200);
  }
}
