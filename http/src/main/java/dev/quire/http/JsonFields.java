package dev.quire.http;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The scalar members of one JSON object (RFC 8259), as text; what is nested is checked and left
 * out. Enough for the answer of a token endpoint, which is why the door needs no JSON library. One
 * thread at a time.
 */
final class JsonFields {
  private static final int MOST_DEPTH = 50;
  private final String text;
  private int at;

  private JsonFields(String text) {
    this.text = text;
  }

  /**
   * @throws IOException when the text is not one JSON object
   */
  static Map<String, String> parse(String text) throws IOException {
    JsonFields parser = new JsonFields(text);
    Map<String, String> fields = new LinkedHashMap<>();
    parser.blanks();
    parser.object(fields, 0);
    parser.blanks();
    if (parser.at != text.length()) {
      throw parser.wrong();
    }
    return fields;
  }

  private void object(Map<String, String> fields, int depth) throws IOException {
    expect('{');
    if (next('}')) {
      return;
    }
    do {
      blanks();
      String name = string();
      blanks();
      expect(':');
      String value = value(depth + 1);
      if (value != null) {
        fields.put(name, value);
      }
    } while (next(','));
    expect('}');
  }

  private void array(int depth) throws IOException {
    expect('[');
    if (next(']')) {
      return;
    }
    do {
      value(depth + 1);
    } while (next(','));
    expect(']');
  }

  /** A scalar as text; null for null and for what is nested. */
  private @Nullable String value(int depth) throws IOException {
    blanks();
    if (depth > MOST_DEPTH) {
      throw wrong();
    }
    char first = peek();
    if (first == '"') {
      return string();
    }
    if (first == '{') {
      object(new LinkedHashMap<>(), depth);
      return null;
    }
    if (first == '[') {
      array(depth);
      return null;
    }
    String word = word();
    return word.equals("null") ? null : word;
  }

  private String word() throws IOException {
    int start = at;
    while (at < text.length() && ",]} \t\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String word = text.substring(start, at);
    if (!word.matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      throw wrong();
    }
    return word;
  }

  private String string() throws IOException {
    expect('"');
    StringBuilder out = new StringBuilder();
    for (char c; (c = peek()) != '"'; ) {
      at++;
      if (c < ' ') {
        throw wrong();
      }
      out.append(c == '\\' ? escape() : c);
    }
    at++;
    return out.toString();
  }

  private char escape() throws IOException {
    char c = peek();
    at++;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (plain >= 0) {
      return "\"\\/\b\f\n\r\t".charAt(plain);
    }
    boolean hex = c == 'u' && at + 4 <= text.length();
    if (!hex || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
      throw wrong();
    }
    at += 4;
    return (char) Integer.parseInt(text.substring(at - 4, at), 16);
  }

  private boolean next(char c) {
    blanks();
    boolean here = at < text.length() && text.charAt(at) == c;
    at += here ? 1 : 0;
    return here;
  }

  private void expect(char c) throws IOException {
    if (!next(c)) {
      throw wrong();
    }
  }

  private char peek() throws IOException {
    if (at >= text.length()) {
      throw wrong();
    }
    return text.charAt(at);
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private IOException wrong() {
    return new IOException("not one JSON object, at character " + (at + 1));
  }
}
