package dev.quire.jdbc;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A URL taken apart: {@code jdbc:quire:[TYPE:][key=value[;key=value]…]}. A value with a semicolon
 * stands in double or single quotes; inside them a quote is written twice. Its messages repeat no
 * value, and its text form shows none. Immutable.
 *
 * @param type of the connector; empty for a configuration file
 */
record ConnectionUrl(Optional<String> type, Map<String, String> values) {
  static final String PREFIX = "jdbc:quire:";

  private static final Pattern TYPE = Pattern.compile("([A-Za-z][A-Za-z0-9_-]*)(?::|$)");

  /** Whether it is one of ours; nothing is said of what follows. */
  static boolean isOurs(String url) {
    return url != null && url.toLowerCase(Locale.ROOT).startsWith(PREFIX);
  }

  static ConnectionUrl parse(String url) throws SQLException {
    String rest = url.substring(PREFIX.length()).strip();
    Matcher type = TYPE.matcher(rest);
    if (type.lookingAt()) {
      return new ConnectionUrl(Optional.of(type.group(1)), new Pairs(rest, type.end()).read());
    }
    return new ConnectionUrl(Optional.empty(), new Pairs(rest, 0).read());
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return PREFIX + type.map(each -> each + ":").orElse("") + values.keySet();
  }

  /** Reads the pairs of a text. One thread at a time. */
  private static final class Pairs {
    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;
    private String last = "";

    Pairs(String text, int from) {
      this.text = text;
      this.at = from;
    }

    Map<String, String> read() throws SQLException {
      while (at < text.length()) {
        if (text.charAt(at) == ';' || Character.isWhitespace(text.charAt(at))) {
          at++;
        } else {
          pair();
        }
      }
      return values;
    }

    private void pair() throws SQLException {
      int equals = text.indexOf('=', at);
      int end = text.indexOf(';', at);
      if (equals < 0 || (end >= 0 && end < equals)) {
        throw SqlErrors.configuration(
            "in the URL, "
                + (last.isEmpty() ? "the first part" : "what follows the value of '" + last + "'")
                + " has no '='; it is written jdbc:quire:TYPE:key=value;key=value, and a value with"
                + " a ; stands in double quotes");
      }
      String key = text.substring(at, equals).strip();
      at = equals + 1;
      String value = value(key);
      if (values.putIfAbsent(key, value) != null) {
        throw SqlErrors.configuration("the URL gives the key '" + key + "' twice");
      }
      last = key;
    }

    private String value(String key) throws SQLException {
      char first = at < text.length() ? text.charAt(at) : ';';
      if (first == '"' || first == '\'') {
        return quoted(first, key);
      }
      int end = text.indexOf(';', at);
      String value = text.substring(at, end < 0 ? text.length() : end);
      at += value.length();
      return value.strip();
    }

    private String quoted(char quote, String key) throws SQLException {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c != quote) {
          value.append(c);
        } else if (at + 1 < text.length() && text.charAt(at + 1) == quote) {
          value.append(quote);
          at++;
        } else {
          at++;
          checkEnd(key);
          return value.toString();
        }
      }
      throw SqlErrors.configuration("in the URL, the quote of the value of '" + key + "' is open");
    }

    private void checkEnd(String key) throws SQLException {
      int end = text.indexOf(';', at);
      if (!text.substring(at, end < 0 ? text.length() : end).isBlank()) {
        throw SqlErrors.configuration(
            "in the URL, a ; must follow the quoted value of '"
                + key
                + "'; a quote inside it is written twice");
      }
    }
  }
}
