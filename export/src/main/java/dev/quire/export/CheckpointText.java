package dev.quire.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.export.ExportCheckpoint.Counts;
import dev.quire.export.ExportCheckpoint.Identity;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The text form of a checkpoint: JSON with a version, made to be read by people. */
public final class CheckpointText {
  /** Raised when a reader of the older form would go on wrongly. */
  static final long VERSION = 1;

  private static final String VERSION_KEY = "quire_checkpoint";
  private static final JsonFactory JSON = new JsonFactory();

  private CheckpointText() {}

  public static String of(ExportCheckpoint checkpoint) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = JSON.createGenerator(text)) {
      out.useDefaultPrettyPrinter();
      out.writeStartObject();
      out.writeNumberField(VERSION_KEY, VERSION);
      out.writeStringField("statement", checkpoint.identity().statement());
      list("sources", checkpoint.identity().sources(), out);
      out.writeStringField("output", checkpoint.identity().output());
      list("columns", checkpoint.identity().columns(), out);
      if (checkpoint.resume().isPresent()) {
        out.writeStringField("resume", checkpoint.resume().get());
      }
      out.writeBooleanField("all_read", checkpoint.allRead());
      numbers(checkpoint, out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text + "\n";
  }

  private static void list(String name, List<String> values, JsonGenerator out) throws IOException {
    out.writeArrayFieldStart(name);
    for (String value : values) {
      out.writeString(value);
    }
    out.writeEndArray();
  }

  private static void numbers(ExportCheckpoint checkpoint, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("position");
    for (Map.Entry<String, Long> number : checkpoint.position().numbers().entrySet()) {
      out.writeNumberField(number.getKey(), number.getValue());
    }
    out.writeEndObject();
    Counts counts = checkpoint.counts();
    out.writeNumberField("rows", counts.rows());
    out.writeNumberField("calls", counts.calls());
    out.writeNumberField("bytes_received", counts.bytes());
    out.writeNumberField("runs", counts.runs());
  }

  /**
   * Reads a text form.
   *
   * @param place where it stands, for messages
   * @throws SourceException CONFIGURATION when it is none, or a newer version's
   */
  public static ExportCheckpoint parse(String text, String place) {
    Fields fields;
    try (JsonParser in = JSON.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw unreadable(place, null);
      }
      fields = new Fields(object(in), place);
    } catch (IOException e) {
      throw unreadable(place, e);
    }
    if (fields.number(VERSION_KEY) > VERSION) {
      throw new SourceException(
              ErrorKind.CONFIGURATION, place + " was written by a newer version of Quire")
          .withHint("Go on with that version, or start over with --restart.");
    }
    Identity identity =
        new Identity(
            fields.text("statement"),
            fields.texts("sources"),
            fields.text("output"),
            fields.texts("columns"));
    Counts counts =
        new Counts(
            fields.number("rows"),
            fields.number("calls"),
            fields.number("bytes_received"),
            fields.number("runs"));
    return new ExportCheckpoint(
        identity, fields.find("resume"), fields.position(), counts, fields.flag("all_read"));
  }

  private static SourceException unreadable(String place, @Nullable Throwable cause) {
    return new SourceException(ErrorKind.CONFIGURATION, place + " is not a checkpoint", cause)
        .withHint("Start over with --restart; the rows written so far are given up then.");
  }

  private static Map<String, Object> object(JsonParser in) throws IOException {
    Map<String, Object> values = new HashMap<>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      in.nextToken();
      values.put(name, value(in));
    }
    if (in.currentToken() != JsonToken.END_OBJECT) {
      throw new IOException("the text ends early");
    }
    return values;
  }

  private static Object value(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> {
        List<String> texts = new ArrayList<>();
        while (in.nextToken() == JsonToken.VALUE_STRING) {
          texts.add(in.getText());
        }
        yield texts;
      }
      case VALUE_NUMBER_INT -> in.getLongValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> in.getText();
    };
  }

  /** The values of a checkpoint by name; each must be of its type. */
  private record Fields(Map<String, Object> values, String place) {
    <T> T require(String name, Class<T> type) {
      Object value = values.get(name);
      if (!type.isInstance(value)) {
        throw unreadable(place, null);
      }
      return type.cast(value);
    }

    String text(String name) {
      return require(name, String.class);
    }

    Optional<String> find(String name) {
      return values.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
    }

    long number(String name) {
      return require(name, Long.class);
    }

    boolean flag(String name) {
      return require(name, Boolean.class);
    }

    List<String> texts(String name) {
      return ((List<?>) require(name, List.class)).stream().map(String::valueOf).toList();
    }

    Position position() {
      TreeMap<String, Long> numbers = new TreeMap<>();
      for (Map.Entry<?, ?> each : ((Map<?, ?>) require("position", Map.class)).entrySet()) {
        if (!(each.getValue() instanceof Long number) || number < 0) {
          throw unreadable(place, null);
        }
        numbers.put(String.valueOf(each.getKey()), number);
      }
      return new Position(numbers);
    }
  }
}
