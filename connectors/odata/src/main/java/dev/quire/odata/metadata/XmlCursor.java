package dev.quire.odata.metadata;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * A forward reading of an XML document, element by element, that needs no closing bookkeeping.
 * Names are local names: the several namespaces of the metadata versions do not matter. No DTD and
 * no external entity is read. One thread at a time.
 */
final class XmlCursor {
  private final XMLStreamReader reader;
  private final Map<String, String> shared = new HashMap<>();
  private int depth;

  /** What to do with a child element; it may read children of its own. */
  interface ChildHandler {
    void child(String name) throws XMLStreamException;
  }

  XmlCursor(InputStream in) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    reader = factory.createXMLStreamReader(in);
  }

  /** Goes to the root element. */
  String root() throws XMLStreamException {
    while (advance() != XMLStreamConstants.START_ELEMENT) {
      // white space, comments and processing instructions
    }
    return reader.getLocalName();
  }

  /** Reads to the end of the current element, handing out its child elements. */
  void forEachChild(ChildHandler handler) throws XMLStreamException {
    int own = depth;
    while (true) {
      int event = advance();
      if (depth < own) {
        return;
      }
      if (event == XMLStreamConstants.START_ELEMENT) {
        handler.child(reader.getLocalName());
        while (depth > own) {
          advance();
        }
      }
    }
  }

  /** The text of the current element, which has no child elements; read to its end. */
  String text() throws XMLStreamException {
    String text = reader.getElementText();
    depth--;
    return text;
  }

  /** An attribute of the current element; equal values are one object. */
  @Nullable String attribute(String name) {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals(name)) {
        return shared(reader.getAttributeValue(i));
      }
    }
    return null;
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(attribute(name));
  }

  String orElse(String name, String absent) {
    String value = attribute(name);
    return value == null ? absent : value;
  }

  boolean flag(String name, boolean absent) {
    String value = attribute(name);
    return value == null ? absent : "true".equals(value.strip());
  }

  String shared(String value) {
    String known = shared.putIfAbsent(value, value);
    return known == null ? value : known;
  }

  private int advance() throws XMLStreamException {
    int event = reader.next();
    if (event == XMLStreamConstants.START_ELEMENT) {
      depth++;
    } else if (event == XMLStreamConstants.END_ELEMENT) {
      depth--;
    }
    return event;
  }
}
