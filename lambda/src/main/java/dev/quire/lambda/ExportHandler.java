package dev.quire.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.export.Destination;
import dev.quire.export.Export;
import dev.quire.export.ExportOutcome;
import dev.quire.export.ExportOutcome.Stop;
import dev.quire.export.ExportRequest;
import dev.quire.export.ExportRequest.Start;
import dev.quire.export.SourceFingerprint;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.References;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Exports a statement's rows in AWS Lambda. An invocation that runs out of time stops after its
 * last whole page and answers with the event of the next one, which goes on there. Any invocation
 * goes on where the last one stopped, however that ended. Thread-safe.
 */
public final class ExportHandler implements RequestStreamHandler {
  private static final JsonFactory JSON = new JsonFactory();

  private final ConnectorContext context;
  private final Map<String, String> environment;
  private final Targets targets;

  /** As Lambda makes it: configuration in the function's package, output with its own role. */
  public ExportHandler() {
    this(ConnectorContext.system().withCache(Optional.empty()), System.getenv(), new Targets());
  }

  ExportHandler(ConnectorContext context, Map<String, String> environment, Targets targets) {
    this.context = context;
    this.environment = environment;
    this.targets = targets;
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context invocation)
      throws IOException {
    ExportEvent event = ExportEvent.read(in);
    Duration left = Duration.ofMillis(invocation.getRemainingTimeInMillis()).minus(event.margin());
    if (left.isNegative() || left.isZero()) {
      throw ExportEvent.wrong(
          "the invocation has no more time than the margin of "
              + event.margin().toSeconds()
              + " s; give the function more, or the event a smaller margin");
    }
    answer(event, run(event, left), out);
  }

  private ExportOutcome run(ExportEvent event, Duration time) throws IOException {
    Path folder = Path.of(environment.getOrDefault("LAMBDA_TASK_ROOT", ""));
    Optional<Path> named = event.text(ExportEvent.CONFIG).map(folder::resolve);
    Configuration configuration =
        Configuration.read(Configuration.locate(named, environment, folder), environment);
    StatementOptions bounded = StatementOptions.DEFAULT.withDeadline(time);
    StatementOptions options =
        event.number(ExportEvent.MAX_CALLS).map(bounded::withMaxCalls).orElse(bounded);
    ExportRequest request =
        new ExportRequest(
            event.require(ExportEvent.SQL),
            options,
            name -> SourceFingerprint.of(configuration, name),
            event.flag(ExportEvent.RESTART) ? Start.RESTART : Start.RESUME);
    UnaryOperator<String> references = new References(folder, environment::get);
    try (Destination destination = targets.open(event, references);
        Engine engine = Engine.open(configuration, context)) {
      return new Export(engine, context.time())
          .run(request, destination, (result, former) -> () -> {});
    }
  }

  /** Fails where another invocation would not get further. */
  private static void answer(ExportEvent event, ExportOutcome outcome, OutputStream out)
      throws IOException {
    Optional<Stop> stop = outcome.stop();
    if (stop.isPresent()) {
      boolean timeIsOver = stop.get().fault().map(ExportHandler::isDeadline).orElse(true);
      if (!timeIsOver || stop.get().startsOver().isPresent() || outcome.rows() == 0) {
        throw failure(stop.get(), outcome);
      }
    }
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeStringField("status", stop.isEmpty() ? "complete" : "continue");
      json.writeStringField("to", event.require(ExportEvent.TO));
      json.writeNumberField("rows", outcome.inAll().rows());
      json.writeNumberField("calls", outcome.inAll().calls());
      json.writeNumberField("invocations", outcome.inAll().runs());
      json.writeArrayFieldStart("warnings");
      for (String warning : outcome.warnings()) {
        json.writeString(warning);
      }
      json.writeEndArray();
      if (stop.isPresent()) {
        json.writeStringField("reason", stop.get().reason());
        json.writeFieldName("event");
        write(event.next(), json);
      }
      json.writeEndObject();
    }
  }

  private static void write(ExportEvent event, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, Object> field : event.fields().entrySet()) {
      json.writeFieldName(field.getKey());
      if (field.getValue() instanceof Long number) {
        json.writeNumber(number);
      } else if (field.getValue() instanceof Boolean flag) {
        json.writeBoolean(flag);
      } else {
        json.writeString(field.getValue().toString());
      }
    }
    json.writeEndObject();
  }

  private static boolean isDeadline(Exception fault) {
    return fault instanceof SourceException known && known.kind() == ErrorKind.DEADLINE_EXCEEDED;
  }

  private static SourceException failure(Stop stop, ExportOutcome outcome) {
    String way =
        stop.startsOver()
            .map(why -> "it must end within one invocation: " + why)
            .orElseGet(
                () ->
                    outcome.rows() == 0
                        ? "not one row was written in this invocation; give it more time, or smaller"
                            + " pages"
                        : String.format(
                            Locale.ROOT,
                            "%,d rows are kept; the same event goes on after them",
                            outcome.inAll().rows()));
    ErrorKind kind =
        stop.fault().orElse(null) instanceof SourceException known
            ? known.kind()
            : ErrorKind.DEADLINE_EXCEEDED;
    return new SourceException(kind, stop.reason(), stop.fault().orElse(null)).withHint(way);
  }
}
