package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A JSON value that was looked for. Immutable.
 *
 * @param json as JSON, compact
 * @param text the same, of a string without quotes
 */
public record Found(String json, String text) {

  /** Reads the current value to its end. */
  static Found read(JsonParser json) throws IOException {
    String text = json.currentToken().isStructStart() ? "" : json.getText();
    String copy = JsonText.copy(json);
    return new Found(copy, text.isEmpty() && !copy.equals("\"\"") ? copy : text);
  }

  /** Whether it says nothing: null, an empty string, list or object. */
  public boolean isBlank() {
    return json.equals("null") || text.isEmpty() || json.equals("[]") || json.equals("{}");
  }

  public boolean isTrue() {
    return text.equals("true");
  }
}
