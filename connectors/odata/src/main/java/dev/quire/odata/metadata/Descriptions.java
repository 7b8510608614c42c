package dev.quire.odata.metadata;

import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/**
 * Collects what describes one element: the annotations {@code Core.Description} and {@code
 * Core.LongDescription}, or SAP's attribute {@code sap:label}. One thread at a time.
 */
final class Descriptions {
  private static final String CORE = "Org.OData.Core.V1.";
  private @Nullable String brief;
  private @Nullable String full;

  /** Of the current element, whose children are still to come. */
  static Descriptions of(XmlCursor xml) {
    Descriptions descriptions = new Descriptions();
    descriptions.full = xml.attribute("label");
    return descriptions;
  }

  /** Takes the current element if it is an annotation that describes. */
  void read(String element, XmlCursor xml, Map<String, String> aliases) throws XMLStreamException {
    if (!element.equals("Annotation") || xml.attribute("Qualifier") != null) {
      return;
    }
    String term = term(xml.orElse("Term", ""), aliases);
    if (term.equals(CORE + "Description")) {
      brief = value(xml);
    } else if (term.equals(CORE + "LongDescription")) {
      full = value(xml);
    }
  }

  private static String term(String written, Map<String, String> aliases) {
    int dot = written.lastIndexOf('.');
    if (dot < 0) {
      return written;
    }
    String prefix = written.substring(0, dot);
    String namespace = aliases.getOrDefault(prefix, prefix.equals("Core") ? CORE : prefix);
    return (namespace.endsWith(".") ? namespace : namespace + ".") + written.substring(dot + 1);
  }

  private static @Nullable String value(XmlCursor xml) throws XMLStreamException {
    String attribute = xml.attribute("String");
    if (attribute != null) {
      return attribute;
    }
    String[] text = new String[1];
    xml.forEachChild(
        child -> {
          if (child.equals("String")) {
            text[0] = xml.text();
          }
        });
    return text[0];
  }

  /** The brief description, else the long one, on one line. */
  Optional<String> text() {
    return Optional.ofNullable(brief != null ? brief : full)
        .map(text -> text.strip().replaceAll("\\s+", " "))
        .filter(text -> !text.isEmpty());
  }
}
