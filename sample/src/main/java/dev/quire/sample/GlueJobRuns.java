package dev.quire.sample;

import java.io.IOException;
import java.time.Instant;

/** The runs of a job, newest first. Immutable. */
final class GlueJobRuns {
  private static final long NEWEST = Instant.parse("2026-11-20T02:00:00Z").getEpochSecond();
  private static final int SECONDS_PER_HOUR = 3_600;

  private final GlueJob job;
  private final int salt;

  GlueJobRuns(GlueJob job) {
    this.job = job;
    this.salt = GlueJob.ALL.indexOf(job) + 100;
  }

  int size() {
    return job.runs();
  }

  /**
   * Writes a run.
   *
   * @param index 0 for the newest
   */
  void write(JsonWriter json, int index) throws IOException {
    int took = 60 + Noise.below(3 * SECONDS_PER_HOUR, index, salt);
    long started = NEWEST - (long) index * job.hours() * SECONDS_PER_HOUR;
    String state = state(index);
    boolean runs = state.equals("RUNNING");
    json.raw("{\"Id\":\"jr_" + id(index) + "\",\"Attempt\":0,\"JobName\":").text(job.name());
    json.raw(",\"JobMode\":\"SCRIPT\",\"StartedOn\":").number(started);
    json.raw("." + (100 + Noise.below(900, index, salt + 1)) + ",\"LastModifiedOn\":");
    json.number(runs ? started + 30 : started + took);
    if (!runs) {
      json.raw(",\"CompletedOn\":").number(started + took);
    }
    json.raw(",\"JobRunState\":\"" + state + "\"");
    json.raw(",\"Arguments\":{\"--day\":\"" + index + "\"}");
    if (state.equals("FAILED")) {
      json.raw(",\"ErrorMessage\":").text("An error occurred: \"" + job.name() + "\" ran out of 力");
    }
    json.raw(",\"PredecessorRuns\":[],\"AllocatedCapacity\":10,\"ExecutionTime\":");
    json.number(runs ? 0 : took);
    json.raw(",\"Timeout\":2880,\"MaxCapacity\":10.0,\"WorkerType\":").text(job.workerType());
    json.raw(",\"NumberOfWorkers\":10,\"LogGroupName\":\"/aws-glue/jobs\"");
    json.raw(",\"GlueVersion\":\"4.0\",\"ExecutionClass\":\"STANDARD\"");
    if (!runs) {
      json.raw(",\"DPUSeconds\":").number(took * 10L);
    }
    json.raw("}");
  }

  private String id(int index) {
    String high = "%016x".formatted(Noise.of(index, salt + 2));
    return high + "%016x".formatted(Noise.of(index, salt + 3));
  }

  private String state(int index) {
    if (index == 0) {
      return "RUNNING";
    }
    return switch (Noise.below(20, index, salt + 4)) {
      case 0, 1 -> "FAILED";
      case 2 -> "STOPPED";
      case 3 -> "TIMEOUT";
      default -> "SUCCEEDED";
    };
  }
}
