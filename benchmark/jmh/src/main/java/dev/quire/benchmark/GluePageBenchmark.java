package dev.quire.benchmark;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.wire.Answer;
import dev.quire.aws.wire.AnswerReader;
import dev.quire.aws.wire.Slot;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Rows of a page of Glue job runs, four of their members. */
@State(Scope.Benchmark)
public class GluePageBenchmark {
  private static final int ROWS = 200;

  private final byte[] page = page();
  private final AnswerReader reader = reader();

  private static AnswerReader reader() {
    ServiceModel glue = Catalogue.bundled().findService("glue").orElseThrow();
    OperationModel runs = glue.findOperation("get_job_runs").orElseThrow();
    List<Slot> slots =
        List.of(
            slot("Id", DataType.VARCHAR),
            slot("StartedOn", DataType.TIMESTAMP_TZ),
            slot("JobRunState", DataType.VARCHAR),
            slot("ExecutionTime", DataType.INTEGER));
    return new AnswerReader(
        glue, runs, Path.parse("JobRuns"), slots, List.of(Path.parse("NextToken")));
  }

  private static Slot slot(String member, DataType type) {
    return new Slot(member, type, Slot.Origin.MEMBER, member);
  }

  private static byte[] page() {
    StringBuilder json = new StringBuilder("{\"JobRuns\":[");
    for (int i = 0; i < ROWS; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"AllocatedCapacity\":7,\"Arguments\":{\"--run-number\":\"")
          .append(i)
          .append("\"},\"Attempt\":0,\"ExecutionTime\":740,\"Id\":\"jr_5571a5042ae46489b09c61e0\",")
          .append(
              "\"JobName\":\"nightly-load\",\"JobRunState\":\"SUCCEEDED\",\"PredecessorRuns\":[],")
          .append("\"StartedOn\":1.790000199669E9,\"Timeout\":2880,\"WorkerType\":\"G.1X\"}");
    }
    return json.append("],\"NextToken\":\"next\"}").toString().getBytes(StandardCharsets.UTF_8);
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Answer row() throws IOException {
    return reader.read(new Received(page));
  }
}
