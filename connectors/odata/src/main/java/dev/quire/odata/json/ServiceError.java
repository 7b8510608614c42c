package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.http.Excerpt;
import java.io.IOException;
import java.util.Optional;

/**
 * What a service says went wrong (OData JSON 4.01, section 21.1). Immutable.
 *
 * @param code often empty
 * @param message on one line, bounded
 * @param requestId by which the service's operator finds the request, where the body has it; else
 *     empty
 */
public record ServiceError(String code, String message, String requestId) {
  private static final int MOST_CHARACTERS = 500;
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Reads the body of an error answer; empty when it is not one that OData knows. */
  public static Optional<ServiceError> of(String body) {
    try (JsonParser json = FACTORY.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        boolean object = json.nextToken() == JsonToken.START_OBJECT;
        if (object && isError(name)) {
          return Optional.of(read(json));
        }
        json.skipChildren();
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** {@code odata.error} is version 3's, sent by gateways in front of newer services. */
  static boolean isError(String name) {
    return name.equals("error") || name.equals("odata.error");
  }

  /** Reads the current object to its end. */
  static ServiceError read(JsonParser json) throws IOException {
    String code = "";
    String message = "";
    String requestId = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (name.equals("code") && token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        code = json.getText();
      } else if (name.equals("message")) {
        message = message(json, token);
      } else if (name.equalsIgnoreCase("innerError") && token == JsonToken.START_OBJECT) {
        requestId = text(json, "request-id");
      } else {
        json.skipChildren();
      }
    }
    return new ServiceError(
        code.strip(), Excerpt.of(message, MOST_CHARACTERS), Excerpt.of(requestId, 100));
  }

  /** Text, or in version 2 and 3 an object with the text as {@code value}. */
  private static String message(JsonParser json, JsonToken token) throws IOException {
    if (token != JsonToken.START_OBJECT) {
      json.skipChildren();
      return token == JsonToken.VALUE_STRING ? json.getText() : "";
    }
    return text(json, "value");
  }

  /** A member of the current object that is text, else empty. Reads the object to its end. */
  private static String text(JsonParser json, String member) throws IOException {
    String value = "";
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean wanted = json.currentName().equals(member);
      if (json.nextToken() == JsonToken.VALUE_STRING && wanted) {
        value = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return value;
  }

  /** Code and message as one clause; empty when the service gave neither. */
  public String clause() {
    return code.isEmpty() || code.equals("0x0")
        ? message
        : message.isEmpty() ? code : code + ": " + message;
  }
}
