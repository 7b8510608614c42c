package dev.quire.odata.fetchxml;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element of a query. Immutable.
 *
 * @param text between its tags where it has no elements inside
 * @param line where it begins, from 1
 */
record Element(
    String name, Map<String, String> attributes, List<Element> children, String text, int line) {

  Element {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
  }

  /** An attribute that is not blank. */
  Optional<String> find(String attribute) {
    return Optional.ofNullable(attributes.get(attribute))
        .map(String::strip)
        .filter(s -> !s.isEmpty());
  }

  boolean is(String attribute) {
    return find(attribute).filter(value -> value.equals("true") || value.equals("1")).isPresent();
  }

  List<Element> children(String wanted) {
    return children.stream().filter(child -> child.name.equals(wanted)).toList();
  }

  String require(String attribute) {
    return find(attribute)
        .orElseThrow(() -> fault("<" + name + "> needs the attribute '" + attribute + "'"));
  }

  /** The same element with these attributes, each in the place of its namesake or at the end. */
  Element with(Map<String, String> changed) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.putAll(changed);
    return new Element(name, all, children, text, line);
  }

  /** An error at this place of the query. */
  SourceException fault(String problem) {
    return fault(ErrorKind.INVALID_STATEMENT, problem);
  }

  SourceException fault(ErrorKind kind, String problem) {
    return new SourceException(kind, "line " + line + " of the FetchXML: " + problem);
  }

  /** As compact XML, in apostrophes, which URLs need not encode. */
  void write(StringBuilder out) {
    out.append('<').append(name);
    attributes.forEach(
        (attribute, value) -> {
          out.append(' ').append(attribute).append("='");
          escape(value, out);
          out.append('\'');
        });
    if (children.isEmpty() && text.isEmpty()) {
      out.append("/>");
      return;
    }
    out.append('>');
    escape(text, out);
    children.forEach(child -> child.write(out));
    out.append("</").append(name).append('>');
  }

  private static void escape(String text, StringBuilder out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> out.append("&amp;");
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&apos;");
        case '\t', '\n', '\r' -> out.append("&#").append((int) c).append(';');
        default -> out.append(c);
      }
    }
  }
}
