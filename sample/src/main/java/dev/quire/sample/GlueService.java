package dev.quire.sample;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * A part of AWS Glue: GetJobs and GetJobRuns, by the JSON protocol, with the limits of the real
 * service. Signatures are asked for, not checked. Immutable.
 */
final class GlueService {
  static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  /** The most runs of a page since January 2024; jobs come up to 1,000 a page. */
  static final int MOST_RUNS = 200;

  private static final int MOST_JOBS = 1_000;

  /** Writes one element of a list. */
  private interface Element {
    void write(JsonWriter json, int index) throws IOException;
  }

  HttpAnswer answer(HttpCall http) {
    try {
      GlueCall call = GlueCall.of(http);
      String credential = http.header("authorization");
      if (!credential.startsWith("AWS4-HMAC-SHA256 ")) {
        throw new GlueFault("MissingAuthenticationTokenException", "The request is not signed.");
      }
      return switch (call.operation()) {
        case "GetJobs" -> page(call, "Jobs", "", GlueJob.ALL.size(), MOST_JOBS, GlueJob::write);
        case "GetJobRuns" -> runs(call);
        default ->
            throw new GlueFault(
                "UnknownOperationException",
                "The sample service knows GetJobs and GetJobRuns, not " + call.operation() + ".");
      };
    } catch (GlueFault fault) {
      return fault.answer();
    }
  }

  private static HttpAnswer runs(GlueCall call) {
    String name = call.text("JobName").orElseThrow(() -> GlueFault.invalid("JobName is required."));
    Optional<GlueJob> job = GlueJob.find(name);
    if (job.isEmpty()) {
      throw new GlueFault("EntityNotFoundException", "Job with name: " + name + " not found.");
    }
    GlueJobRuns runs = new GlueJobRuns(job.get());
    return page(call, "JobRuns", name, runs.size(), MOST_RUNS, runs::write);
  }

  private static HttpAnswer page(
      GlueCall call, String result, String list, int size, int mostPerPage, Element element) {
    int from = call.offset(result + list);
    int to = Math.min(size, from + call.pageSize(mostPerPage));
    return new HttpAnswer(
        200,
        Map.of("Content-Type", CONTENT_TYPE),
        true,
        out -> {
          try (JsonWriter json = new JsonWriter(out, false)) {
            json.raw("{\"" + result + "\":[");
            for (int i = from; i < to; i++) {
              json.raw(i == from ? "" : ",");
              element.write(json, i);
            }
            json.raw("]");
            if (to < size) {
              json.raw(",\"NextToken\":").text(GlueCall.token(result + list, to));
            }
            json.raw("}");
          }
        });
  }
}
