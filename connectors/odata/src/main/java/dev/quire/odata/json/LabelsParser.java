package dev.quire.odata.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.quire.http.Excerpt;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Dataverse's definition of one table (learn.microsoft.com, "Query table definitions using
 * the Web API"): what it and its columns are called, and what they are for. Used once, by one
 * thread.
 */
public final class LabelsParser {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  private final JsonParser json;
  private final Map<String, String> columns = new HashMap<>();

  private LabelsParser(JsonParser json) {
    this.json = json;
  }

  /**
   * What a definition says in words. Immutable.
   *
   * @param table empty when it says nothing
   * @param columns by logical name
   */
  public record Labels(String table, Map<String, String> columns) {
    public Labels {
      columns = Map.copyOf(columns);
    }
  }

  /** Reads an answer to its end. */
  public static Labels parse(InputStream body) throws IOException {
    try (JsonParser json = FACTORY.createParser(body)) {
      LabelsParser parser = new LabelsParser(json);
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("no JSON object");
      }
      return new Labels(parser.definition().text(), parser.columns);
    } catch (JacksonException e) {
      throw malformed(Excerpt.of(String.valueOf(e.getOriginalMessage()), 200));
    }
  }

  private record Definition(String name, String label, String description) {
    String text() {
      String both = label + (label.isEmpty() || description.isEmpty() ? "" : ": ") + description;
      return both.strip().replaceAll("\\s+", " ");
    }
  }

  /** Reads the current object: a table or a column. */
  private Definition definition() throws IOException {
    String name = "";
    String label = "";
    String description = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken token = json.nextToken();
      switch (member) {
        case "LogicalName" -> name = token == JsonToken.VALUE_STRING ? json.getText() : "";
        case "DisplayName" -> label = label(token);
        case "Description" -> description = label(token);
        case "Attributes" -> columns(token);
        default -> json.skipChildren();
      }
    }
    return new Definition(name, label, description);
  }

  private void columns(JsonToken start) throws IOException {
    if (start != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (next == null) {
        throw malformed("it is cut off");
      }
      if (next == JsonToken.START_OBJECT) {
        Definition column = definition();
        columns.put(column.name(), column.text());
      }
    }
  }

  /** The label in the caller's language; empty where there is none. */
  private String label(@Nullable JsonToken token) throws IOException {
    String label = "";
    if (token != JsonToken.START_OBJECT) {
      return label;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String member = json.currentName();
      JsonToken value = json.nextToken();
      if (member.equals("UserLocalizedLabel") && value == JsonToken.START_OBJECT) {
        label = label(value);
      } else if (member.equals("Label") && value == JsonToken.VALUE_STRING) {
        label = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return label;
  }

  private static SourceException malformed(String problem) {
    return new SourceException(
        ErrorKind.MALFORMED_RESPONSE, "the definition of the table cannot be read: " + problem);
  }
}
