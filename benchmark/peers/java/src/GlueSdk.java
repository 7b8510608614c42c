import java.net.URI;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.GetJobRunsRequest;
import software.amazon.awssdk.services.glue.model.JobRun;

/** GlueSdk URL OUTPUT [LIMIT]: the paginator of the AWS SDK for Java 2. */
public final class GlueSdk {
  public static void main(String[] arguments) throws Exception {
    int size = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 200;
    GetJobRunsRequest request = GetJobRunsRequest.builder().jobName("nightly-load").maxResults(size).build();
    try (GlueClient glue = GlueClient.builder().endpointOverride(URI.create(arguments[0])).build();
        Sink sink = new Sink(arguments[1], Sink.RUN)) {
      int left = arguments.length > 2 ? size : Integer.MAX_VALUE;
      for (JobRun run : glue.getJobRunsPaginator(request).jobRuns()) {
        sink.row(row(run));
        if (--left == 0) {
          break;
        }
      }
    }
  }

  private static String[] row(JobRun run) {
    return new String[] {
      run.id(), text(run.attempt()), run.triggerName(), run.jobName(), text(run.startedOn()),
      text(run.lastModifiedOn()), text(run.completedOn()), run.jobRunStateAsString(), run.errorMessage(),
      text(run.executionTime()), text(run.timeout()), text(run.maxCapacity()), run.workerTypeAsString(),
      text(run.numberOfWorkers())
    };
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }
}
