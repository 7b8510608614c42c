package dev.quire.engine.config;

import dev.quire.spi.Nearest;
import dev.quire.spi.SourceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A mapping of the file with unique plain keys. Immutable.
 *
 * @param entries in the file's order
 */
record Section(ConfigurationText text, Node node, Map<String, Entry> entries) {

  /** A key and its value, with their places. */
  record Entry(Node key, Node value) {}

  /**
   * @param name what the section is called in messages
   * @throws SourceException if the node is no mapping, or says a key twice
   */
  static Section of(ConfigurationText text, Node node, String name) {
    if (!(node instanceof MappingNode mapping)) {
      throw text.fault(node, name + " must be a section of keys and values");
    }
    if (node.isRecursive()) {
      throw text.fault(node, name + " contains itself");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = key(text, tuple.getKeyNode());
      Entry earlier = entries.putIfAbsent(key, new Entry(tuple.getKeyNode(), tuple.getValueNode()));
      if (earlier != null) {
        throw twice(text, tuple.getKeyNode(), key, earlier.key());
      }
    }
    return new Section(text, node, entries);
  }

  private static String key(ConfigurationText text, Node key) {
    if (key instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
      return scalar.getValue();
    }
    throw text.fault(key, "a key must be a plain word");
  }

  static SourceException twice(ConfigurationText text, Node at, String key, Node earlier) {
    return text.fault(at, "'" + key + "' was given before, at " + text.place(earlier));
  }

  /** Refuses every key that is not one of these. */
  Section withOnly(List<String> known) {
    entries.forEach(
        (key, entry) -> {
          if (!known.contains(key)) {
            String hint =
                Nearest.question(key, known)
                    .orElse("There may be: " + String.join(", ", known) + ".");
            throw text.fault(entry.key(), "unknown key '" + key + "'").withHint(hint);
          }
        });
    return this;
  }

  Optional<Entry> find(String key) {
    return Optional.ofNullable(entries.get(key));
  }

  /** The text of a plain value; null, and only then, when it is another section or a list. */
  static @Nullable String scalar(ConfigurationText text, Node node, String key) {
    if (!(node instanceof ScalarNode scalar)) {
      return null;
    }
    if (scalar.getTag().equals(Tag.NULL)) {
      throw text.fault(node, "'" + key + "' has no value")
          .withHint("A value that begins with & or # must stand in quotes.");
    }
    if (!scalar.getTag().getValue().startsWith(Tag.PREFIX)) {
      throw text.fault(node, "the value of '" + key + "' begins with !, so it needs quotes");
    }
    return scalar.getValue();
  }
}
