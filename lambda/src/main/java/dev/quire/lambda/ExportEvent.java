package dev.quire.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.spi.Durations;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an invocation is asked to do: a JSON object of texts, numbers and flags. Immutable.
 *
 * @param fields as they were given
 */
record ExportEvent(Map<String, Object> fields) {
  static final String SQL = "sql";
  static final String TO = "to";
  static final String CONFIG = "config";
  static final String FORMAT = "format";
  static final String COMPRESSION = "compression";
  static final String TABLE = "table";
  static final String ROWS_PER_PART = "rows_per_part";
  static final String MARGIN = "margin";
  static final String MAX_CALLS = "max_calls";
  static final String RESTART = "restart";
  private static final List<String> KNOWN =
      List.of(
          SQL, TO, CONFIG, FORMAT, COMPRESSION, TABLE, ROWS_PER_PART, MARGIN, MAX_CALLS, RESTART);

  /** What is left for the last page, its upload and the answer. */
  private static final Duration USUAL_MARGIN = Duration.ofSeconds(60);

  private static final JsonFactory JSON = new JsonFactory();

  ExportEvent {
    fields = new LinkedHashMap<>(fields);
  }

  /**
   * Reads an event.
   *
   * @throws SourceException CONFIGURATION saying which field is wrong
   */
  static ExportEvent read(InputStream in) {
    Map<String, Object> fields = new LinkedHashMap<>();
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw wrong(
            "the event must be a JSON object, as {\"sql\": \"SELECT …\", \"to\": \"s3://…\"}");
      }
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        fields.put(known(name), value(name, json));
      }
    } catch (IOException e) {
      throw wrong("the event is not JSON: " + e.getMessage());
    }
    ExportEvent event = new ExportEvent(fields);
    event.require(SQL);
    event.require(TO);
    return event;
  }

  private static String known(String name) {
    if (!KNOWN.contains(name)) {
      throw wrong(
          "the event has an unknown field '"
              + name
              + "'. "
              + Nearest.question(name, KNOWN).orElse("Known: " + String.join(", ", KNOWN) + "."));
    }
    return name;
  }

  private static Object value(String name, JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING -> json.getText();
      case VALUE_NUMBER_INT -> json.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw wrong("the event's field '" + name + "' must be a text, a number or a flag");
    };
  }

  static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, problem);
  }

  String require(String name) {
    return text(name)
        .filter(text -> !text.isBlank())
        .orElseThrow(() -> wrong("the event needs the field '" + name + "'"));
  }

  Optional<String> text(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof String)) {
      throw wrong("the event's field '" + name + "' must be a text, not " + value);
    }
    return Optional.ofNullable((String) value);
  }

  Optional<Long> number(String name) {
    Object value = fields.get(name);
    if (value != null && !(value instanceof Long number && number > 0)) {
      throw wrong("the event's field '" + name + "' must be a whole number from 1, not " + value);
    }
    return Optional.ofNullable((Long) value);
  }

  boolean flag(String name) {
    Object value = fields.getOrDefault(name, false);
    if (!(value instanceof Boolean flag)) {
      throw wrong("the event's field '" + name + "' must be true or false, not " + value);
    }
    return flag;
  }

  /** How long before the end of the invocation reading stops. */
  Duration margin() {
    return text(MARGIN)
        .map(
            text ->
                Durations.parse(text)
                    .orElseThrow(
                        () -> wrong("the event's margin '" + text + "' is no time, as 60s")))
        .orElse(USUAL_MARGIN);
  }

  /** The event of the invocation that goes on: a restart is done once. */
  ExportEvent next() {
    Map<String, Object> rest = new LinkedHashMap<>(fields);
    rest.remove(RESTART);
    return new ExportEvent(rest);
  }
}
