package dev.quire.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A source as it will stand in a configuration file. One thread at a time.
 *
 * @param name its schema in SQL
 * @param values dotted keys, in the file's order, to text; a secret is a reference
 */
record SourceDraft(String name, Map<String, String> values) {
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");

  SourceDraft(String name) {
    this(name, new LinkedHashMap<>());
  }

  void put(String key, String value) {
    values.put(key, value);
  }

  /** The file; keys of one section stand together. */
  String yaml() {
    StringBuilder text = new StringBuilder("sources:\n  ").append(name).append(":\n");
    String section = "";
    for (Map.Entry<String, String> entry : values.entrySet()) {
      int dot = entry.getKey().indexOf('.');
      String head = dot < 0 ? "" : entry.getKey().substring(0, dot);
      if (!head.equals(section)) {
        text.append(head.isEmpty() ? "" : "    " + head + ":\n");
        section = head;
      }
      text.append(head.isEmpty() ? "    " : "      ");
      text.append(entry.getKey().substring(dot + 1)).append(": ");
      text.append(quoted(entry.getValue())).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String value) {
    return PLAIN.matcher(value).matches() && !value.equals("null")
        ? value
        : "'" + value.replace("'", "''") + "'";
  }
}
