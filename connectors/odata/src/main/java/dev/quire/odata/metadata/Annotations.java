package dev.quire.odata.metadata;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * Collects what a service says of its own abilities, in the vocabularies Capabilities and
 * Aggregation: the values of each term by their path, {@code FilterRestrictions/Filterable}. One
 * thread at a time.
 */
final class Annotations {
  private static final Set<String> ATTRIBUTES =
      Set.of("Bool", "String", "PropertyPath", "EnumMember", "AnnotationPath");

  private final XmlCursor xml;
  private final Map<String, String> aliases;
  private final Map<String, Map<String, List<String>>> byTarget = new HashMap<>();

  Annotations(XmlCursor xml, Map<String, String> aliases) {
    this.xml = xml;
    this.aliases = aliases;
  }

  /** Takes the current element if it is such an annotation of the target. */
  boolean read(String element, String target) throws XMLStreamException {
    String written = xml.orElse("Term", "");
    int dot = written.lastIndexOf('.');
    if (!element.equals("Annotation") || dot < 0 || xml.attribute("Qualifier") != null) {
      return false;
    }
    String prefix = written.substring(0, dot);
    String namespace = aliases.getOrDefault(prefix, prefix);
    if (!namespace.contains("Capabilities") && !namespace.contains("Aggregation")) {
      return false;
    }
    Map<String, List<String>> values = byTarget.computeIfAbsent(target, key -> new HashMap<>());
    String term = written.substring(dot + 1);
    values.computeIfAbsent(term, key -> new ArrayList<>());
    value(term, values);
    return true;
  }

  private void value(String path, Map<String, List<String>> values) throws XMLStreamException {
    for (String attribute : ATTRIBUTES) {
      xml.find(attribute).ifPresent(text -> add(path, text, values));
    }
    xml.forEachChild(
        child -> {
          switch (child) {
            case "Record", "Collection" -> value(path, values);
            case "PropertyValue" -> value(path + "/" + xml.orElse("Property", ""), values);
            default -> {
              if (ATTRIBUTES.contains(child)) {
                add(path, xml.text(), values);
              }
            }
          }
        });
  }

  private static void add(String path, String text, Map<String, List<String>> values) {
    values.computeIfAbsent(path, key -> new ArrayList<>()).add(text.strip());
  }

  Map<String, Map<String, List<String>>> byTarget() {
    return byTarget;
  }
}
