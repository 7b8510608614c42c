package dev.quire.cli;

import dev.quire.cli.format.RowFormat;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.export.text.RowWriter;
import dev.quire.sample.SampleOptions;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.RequestReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Runs the demo's statements and checks what comes of them. One thread at a time. */
final class Demo {
  private static final int ROWS_SHOWN = 5;
  private static final int REQUESTS_SHOWN = 4;
  private static final int USUAL_WIDTH = 100;

  private final Surroundings surroundings;
  private final Engine engine;
  private final SampleOptions options;
  private final String baseUrl;
  private final String origin;
  private final int width;

  /**
   * @param baseUrl of the OData service; AWS is asked at the server's own address
   */
  Demo(Surroundings surroundings, Engine engine, SampleOptions options, String baseUrl) {
    this.surroundings = surroundings;
    this.engine = engine;
    this.options = options;
    this.baseUrl = baseUrl;
    this.origin = baseUrl.substring(0, baseUrl.indexOf('/', "http://".length()));
    this.width = surroundings.width().orElse(USUAL_WIDTH);
  }

  /**
   * Runs all statements.
   *
   * @return the exit code
   */
  int run() throws IOException {
    say(
        "A sample server runs at "
            + baseUrl
            + " (as Dataverse: pages of 5,000 rows; as AWS: pages of 200).");
    List<String> faults = new ArrayList<>();
    int number = 0;
    for (DemoStatement statement : DemoStatement.over(options)) {
      say("");
      say(++number + ". " + statement.title());
      say("");
      say("   " + statement.sql().replace("\n", "\n   "));
      run(statement, number, faults);
      if (surroundings.interrupts().raised()) {
        return ExitCodes.INTERRUPTED;
      }
    }
    say("");
    if (faults.isEmpty()) {
      say("All as expected. The server has stopped; 'quire demo --serve' keeps one to play with.");
      return ExitCodes.COMPLETE;
    }
    faults.forEach(fault -> surroundings.err().println("quire: " + fault));
    return ExitCodes.FAILED;
  }

  private void run(DemoStatement statement, int number, List<String> faults) throws IOException {
    List<RequestReport> requests = Collections.synchronizedList(new ArrayList<>());
    long started = surroundings.context().time().nanoTime();
    try (Result result =
            engine.query(statement.sql(), StatementOptions.DEFAULT.withListener(requests::add));
        Registration interest = surroundings.interrupts().onInterrupt(result::cancel)) {
      String table = read(result);
      long nanos = surroundings.context().time().nanoTime() - started;
      say("");
      show(List.copyOf(requests));
      say("");
      say(table.stripTrailing());
      if (result.rows() > ROWS_SHOWN) {
        say("… " + Amounts.of(result.rows() - ROWS_SHOWN, "more row"));
      }
      say("");
      String verdict = result.verdict().complete() ? "complete" : "partial";
      say(Footer.line(verdict, result.rows(), result.costs(), nanos));
      check(statement, number, result, faults);
    }
  }

  /** Reads all rows and lays out the first. */
  private String read(Result result) throws IOException {
    ByteArrayOutputStream table = new ByteArrayOutputStream();
    RowWriter writer =
        RowFormat.TABLE.open(table, new RowFormat.Layout(OptionalInt.of(width), true));
    writer.begin(result.columns());
    for (@Nullable Object @Nullable [] row = result.next(); row != null; row = result.next()) {
      if (result.rows() <= ROWS_SHOWN) {
        writer.write(row);
      }
    }
    writer.end();
    return table.toString(StandardCharsets.UTF_8);
  }

  private static void check(
      DemoStatement statement, int number, Result result, List<String> faults) {
    String which = "statement " + number + " of the demo ";
    if (!result.verdict().complete()) {
      faults.add(which + "is not complete");
    }
    if (result.rows() != statement.rows()) {
      faults.add(
          String.format(
              Locale.ROOT,
              "%sgave %,d rows instead of %,d",
              which,
              result.rows(),
              statement.rows()));
    }
    if (result.costs().calls() > statement.calls()) {
      faults.add(
          String.format(
              Locale.ROOT,
              "%sneeded %,d calls instead of %,d",
              which,
              result.costs().calls(),
              statement.calls()));
    }
  }

  private void show(List<RequestReport> requests) throws IOException {
    int left = requests.size() > REQUESTS_SHOWN + 1 ? REQUESTS_SHOWN : requests.size();
    for (RequestReport request : requests.subList(0, left)) {
      boolean below = request.url().startsWith(baseUrl);
      say(ReadableRequest.lines(request, below ? baseUrl : origin, width));
    }
    if (left < requests.size()) {
      say("   … " + Amounts.of(requests.size() - left, "more request"));
    }
  }

  private void say(String text) throws IOException {
    surroundings.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
