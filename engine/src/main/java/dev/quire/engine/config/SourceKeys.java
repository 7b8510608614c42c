package dev.quire.engine.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * The section of one source as dotted keys, each with its text and its place; lists are joined by
 * commas. One thread at a time.
 */
final class SourceKeys {
  private final ConfigurationText text;
  private final Map<String, String> values = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<String, Node> nodes = new LinkedHashMap<>();

  private SourceKeys(ConfigurationText text) {
    this.text = text;
  }

  static SourceKeys of(ConfigurationText text, Section section) {
    SourceKeys keys = new SourceKeys(text);
    keys.add("", section);
    return keys;
  }

  /** Dotted keys to raw text; may be changed. */
  Map<String, String> values() {
    return values;
  }

  /** Dotted keys to {@code quire.yaml:7}; sections have a place too. */
  Map<String, String> places() {
    return places;
  }

  private void add(String prefix, Section section) {
    section.entries().forEach((key, entry) -> add(prefix + key, entry));
  }

  private void add(String key, Section.Entry entry) {
    Node earlier = nodes.putIfAbsent(key, entry.key());
    if (earlier != null) {
      throw Section.twice(text, entry.key(), key, earlier);
    }
    places.put(key, text.place(entry.key()));
    if (entry.value() instanceof SequenceNode list) {
      values.put(key, joined(key, list));
      return;
    }
    String scalar = Section.scalar(text, entry.value(), key);
    if (scalar == null) {
      add(key + ".", Section.of(text, entry.value(), "'" + key + "'"));
    } else {
      values.put(key, scalar);
    }
  }

  private String joined(String key, SequenceNode list) {
    StringJoiner joined = new StringJoiner(",");
    for (Node item : list.getValue()) {
      String value = Section.scalar(text, item, key);
      if (value == null) {
        throw text.fault(item, "the list '" + key + "' may hold plain values only");
      }
      if (value.indexOf(',') >= 0) {
        throw text.fault(item, "a value in the list '" + key + "' has a comma, which parts values");
      }
      joined.add(value);
    }
    return joined.toString();
  }
}
