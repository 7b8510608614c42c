import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the peers' rows go: CSV in a file. */
final class Sink implements AutoCloseable {
  static final List<String> ACCOUNT =
      List.of(
          ("accountid,name,accountnumber,emailaddress1,address1_city,revenue,numberofemployees,"
                  + "importsequencenumber,statecode,createdon,modifiedon,_ownerid_value")
              .split(","));
  static final List<String> THREE = List.of("accountid", "name", "revenue");
  static final List<String> RUN =
      List.of(
          ("Id,Attempt,TriggerName,JobName,StartedOn,LastModifiedOn,CompletedOn,JobRunState,ErrorMessage,"
                  + "ExecutionTime,Timeout,MaxCapacity,WorkerType,NumberOfWorkers")
              .split(","));

  private final Writer writer;
  private long count;

  Sink(String output, List<String> columns) throws IOException {
    writer =
        new BufferedWriter(
            new OutputStreamWriter(Files.newOutputStream(Path.of(output)), StandardCharsets.UTF_8), 1 << 16);
    writer.write(String.join(",", columns) + "\n");
  }

  void row(String[] values) throws IOException {
    count++;
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        writer.write(',');
      }
      String text = values[i];
      if (text != null) {
        writer.write(mustBeQuoted(text) ? '"' + text.replace("\"", "\"\"") + '"' : text);
      }
    }
    writer.write('\n');
  }

  private static boolean mustBeQuoted(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == ',' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    writer.close();
    System.err.println("{\"rows\":" + count + "}");
  }
}
