package dev.quire.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Looks a text up in a JSON object that is in memory, passing over all else without reading it: a
 * next link long before the rows are made. It is a guess: whatever is unusual is not found, and
 * what is found is only right if the body turns out to be JSON. One thread.
 */
public final class TopLevelText {
  private final byte[] json;
  private final int length;
  private int at;

  private TopLevelText(byte[] json, int length) {
    this.json = json;
    this.length = length;
  }

  /**
   * The value of the object's first member of that name, if that is a text that is not empty.
   *
   * @param body whole
   * @param name without characters that JSON escapes
   */
  public static Optional<String> find(Body body, String name) {
    return find(body.array(), body.length(), name);
  }

  static Optional<String> find(byte[] json, int length, String name) {
    byte[] quoted = ('"' + name + '"').getBytes(StandardCharsets.UTF_8);
    return new TopLevelText(json, length).find(quoted);
  }

  private Optional<String> find(byte[] quoted) {
    if (!takes('{')) {
      return Optional.empty();
    }
    do {
      blanks();
      int start = at;
      if (!passString()) {
        return Optional.empty();
      }
      boolean isIt = isAt(start, quoted);
      if (!takes(':')) {
        return Optional.empty();
      }
      blanks();
      if (isIt) {
        return text();
      }
      passValue();
    } while (takes(','));
    return Optional.empty();
  }

  private boolean isAt(int start, byte[] expected) {
    if (at - start != expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (json[start + i] != expected[i]) {
        return false;
      }
    }
    return true;
  }

  private Optional<String> text() {
    int start = at;
    if (!passString()) {
      return Optional.empty();
    }
    String quoted = new String(json, start, at - start, StandardCharsets.UTF_8);
    if (quoted.indexOf('\\') < 0) {
      return Optional.of(quoted.substring(1, quoted.length() - 1)).filter(text -> !text.isEmpty());
    }
    try {
      return Optional.ofNullable(JsonFields.parse("{\"\":" + quoted + "}").get(""));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void blanks() {
    while (at < length && json[at] <= ' ' && json[at] >= 0) {
      at++;
    }
  }

  private boolean takes(char wanted) {
    blanks();
    boolean found = at < length && json[at] == wanted;
    if (found) {
      at++;
    }
    return found;
  }

  /** Goes behind a string; false if none begins or ends here. */
  private boolean passString() {
    if (at >= length || json[at] != '"') {
      return false;
    }
    int i = at + 1;
    while (i < length && json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    at = i + 1;
    return i < length;
  }

  /** Goes behind a value: to where its brackets are closed, or to what ends a plain one. */
  private void passValue() {
    int depth = 0;
    while (at < length) {
      byte next = json[at];
      if (next == '"') {
        passString();
      } else if (next == '{' || next == '[') {
        depth++;
        at++;
      } else if (next == '}' || next == ']') {
        if (depth == 0) {
          return;
        }
        depth--;
        at++;
      } else if (next == ',' && depth == 0) {
        return;
      } else {
        at++;
      }
      if (depth == 0 && (next == '"' || next == '}' || next == ']')) {
        return;
      }
    }
  }
}
