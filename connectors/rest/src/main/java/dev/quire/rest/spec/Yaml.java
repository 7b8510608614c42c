package dev.quire.rest.spec;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A value of a spec file that knows where it stands. Immutable. */
final class Yaml {
  private final String label;
  private final String name;
  private final Node node;

  private Yaml(String label, String name, Node node) {
    this.label = label;
    this.name = name;
    this.node = node;
  }

  /**
   * Reads a document.
   *
   * @param label the file as the user knows it
   */
  static Yaml parse(String label, String text) {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(label).setUseMarks(true).build();
      Node root =
          new Compose(settings)
              .composeString(text)
              .orElseThrow(() -> new SourceException(ErrorKind.CONFIGURATION, label + " is empty"));
      return new Yaml(label, "the file", root);
    } catch (MarkedYamlEngineException e) {
      String place =
          e.getProblemMark()
              .or(e::getContextMark)
              .map(mark -> label + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1))
              .orElse(label);
      throw new SourceException(
          ErrorKind.CONFIGURATION, place + ": bad YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new SourceException(
          ErrorKind.CONFIGURATION, label + ": bad YAML: " + e.getMessage(), e);
    }
  }

  /** Keys and values, in the file's order. */
  Map<String, Yaml> section() {
    if (!(node instanceof MappingNode mapping) || node.isRecursive()) {
      throw fault(name + " must be a section of keys and values");
    }
    Map<String, Yaml> section = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String key = new Yaml(label, "a key", tuple.getKeyNode()).text();
      if (section.put(key, new Yaml(label, "'" + key + "'", tuple.getValueNode())) != null) {
        throw new Yaml(label, key, tuple.getKeyNode()).fault("'" + key + "' is given twice");
      }
    }
    return section;
  }

  /** A section in which no other keys than these may stand. */
  Map<String, Yaml> section(String... known) {
    Map<String, Yaml> section = section();
    section.forEach(
        (key, value) -> {
          if (!List.of(known).contains(key)) {
            throw value
                .fault("unknown key '" + key + "'")
                .withHint(
                    Nearest.question(key, List.of(known))
                        .orElse("There may be: " + String.join(", ", known) + "."));
          }
        });
    return section;
  }

  boolean isSection() {
    return node instanceof MappingNode;
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  List<Yaml> list() {
    if (!(node instanceof SequenceNode sequence) || node.isRecursive()) {
      throw fault(name + " must be a list");
    }
    return sequence.getValue().stream().map(each -> new Yaml(label, name, each)).toList();
  }

  String text() {
    if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
      throw fault(name + " must be a text");
    }
    return scalar.getValue();
  }

  int positive() {
    String text = text();
    if (!text.matches("[1-9]\\d{0,8}")) {
      throw fault(name + " must be a number from 1, not '" + text + "'");
    }
    return Integer.parseInt(text);
  }

  boolean flag() {
    String text = text();
    if (!text.equals("true") && !text.equals("false")) {
      throw fault(name + " must be true or false, not '" + text + "'");
    }
    return Boolean.parseBoolean(text);
  }

  /** One of a few words. */
  String choice(List<String> choices) {
    String text = text();
    if (!choices.contains(text)) {
      throw fault(name + " must be one of " + String.join(", ", choices) + ", not '" + text + "'")
          .withHint(Nearest.question(text, choices).orElse("See the page about REST APIs."));
    }
    return text;
  }

  Pointer pointer() {
    try {
      return Pointer.parse(text());
    } catch (IllegalArgumentException e) {
      throw fault(String.valueOf(e.getMessage()))
          .withHint("A member 'items' is written /items; the value itself is ''.");
    }
  }

  /** Maps, lists, strings, numbers, booleans and null, as JSON has them. */
  @Nullable Object tree() {
    if (isSection()) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      section().forEach((key, value) -> map.put(key, value.tree()));
      return map;
    }
    if (isList()) {
      List<@Nullable Object> list = new ArrayList<>();
      list().forEach(each -> list.add(each.tree()));
      return list;
    }
    ScalarNode scalar = (ScalarNode) node;
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.NULL)) {
      return null;
    }
    if (tag.equals(Tag.BOOL)) {
      return Boolean.valueOf(scalar.getValue());
    }
    return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
        ? number(scalar.getValue())
        : scalar.getValue();
  }

  private Object number(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw fault("'" + text + "' is not a number that JSON has");
    }
  }

  /** Where it stands: {@code api.yaml:7}. */
  String place() {
    return node.getStartMark().map(mark -> label + ":" + (mark.getLine() + 1)).orElse(label);
  }

  SourceException fault(String problem) {
    return new SourceException(ErrorKind.CONFIGURATION, place() + ": " + problem);
  }

  static Optional<Yaml> find(Map<String, Yaml> section, String key) {
    return Optional.ofNullable(section.get(key));
  }

  /** The value of a key that must be there. */
  Yaml require(Map<String, Yaml> section, String key) {
    return find(section, key).orElseThrow(() -> fault(name + " needs the key '" + key + "'"));
  }
}
