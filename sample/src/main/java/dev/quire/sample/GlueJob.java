package dev.quire.sample;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Glue job.
 *
 * @param runs how many it has had
 * @param hours between two of them
 */
record GlueJob(String name, String description, int runs, int hours, String workerType) {

  /** Three jobs with 1,234 runs in all. */
  static final List<GlueJob> ALL =
      List.of(
          new GlueJob("etl", "Loads the day's orders.", 834, 6, "G.1X"),
          new GlueJob("daily-report", "Writes the report of the day.", 365, 24, "G.1X"),
          new GlueJob("backfill", "Reads the archive again.", 35, 168, "G.2X"));

  private static final long CREATED = Instant.parse("2024-03-01T09:00:00Z").getEpochSecond();

  static Optional<GlueJob> find(String name) {
    return ALL.stream().filter(job -> job.name.equals(name)).findFirst();
  }

  static void write(JsonWriter json, int index) throws IOException {
    GlueJob job = ALL.get(index);
    json.raw("{\"Name\":").text(job.name);
    json.raw(",\"Description\":").text(job.description);
    json.raw(",\"Role\":\"arn:aws:iam::123456789012:role/glue\",\"CreatedOn\":").number(CREATED);
    json.raw(".5,\"LastModifiedOn\":").number(CREATED + 86_400L * (index + 1));
    json.raw(",\"ExecutionProperty\":{\"MaxConcurrentRuns\":").number(index + 1L);
    json.raw("},\"Command\":{\"Name\":\"glueetl\",\"PythonVersion\":\"3\",\"ScriptLocation\":")
        .text("s3://scripts/" + job.name + ".py");
    json.raw("},\"DefaultArguments\":{\"--job-language\":\"python\"},\"MaxRetries\":0");
    json.raw(",\"Timeout\":2880,\"GlueVersion\":\"4.0\",\"WorkerType\":").text(job.workerType);
    json.raw(",\"NumberOfWorkers\":10}");
  }
}
