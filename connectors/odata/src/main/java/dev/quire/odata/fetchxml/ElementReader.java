package dev.quire.odata.fetchxml;

import dev.quire.http.Excerpt;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML text; no DTD, and so no entity but XML's own five. Used once, by one thread. */
final class ElementReader {
  private static final int MOST_DEPTH = 100;

  private final XMLStreamReader reader;

  private ElementReader(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * Reads a document.
   *
   * @throws SourceException INVALID_STATEMENT, with line and column in the text
   */
  static Element read(String xml) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      return new ElementReader(factory.createXMLStreamReader(new StringReader(xml))).document();
    } catch (XMLStreamException e) {
      throw malformed(e);
    }
  }

  private static SourceException malformed(XMLStreamException e) {
    String message = String.valueOf(e.getMessage());
    int said = message.indexOf("Message: ");
    String place =
        e.getLocation() == null
            ? ""
            : "line "
                + e.getLocation().getLineNumber()
                + ", column "
                + e.getLocation().getColumnNumber()
                + " of ";
    return new SourceException(
        ErrorKind.INVALID_STATEMENT,
        place
            + "the FetchXML: not well-formed: "
            + Excerpt.of(said < 0 ? message : message.substring(said + 9), 200));
  }

  private Element document() throws XMLStreamException {
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        throw new XMLStreamException("a DOCTYPE is not read", reader.getLocation());
      }
    }
    Element root = element(0);
    while (reader.hasNext()) {
      reader.next();
    }
    return root;
  }

  private Element element(int depth) throws XMLStreamException {
    if (depth > MOST_DEPTH) {
      throw new XMLStreamException("it is nested too deeply", reader.getLocation());
    }
    String name = reader.getLocalName();
    int line = reader.getLocation().getLineNumber();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
    }
    List<Element> children = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int event = reader.next();
        event != XMLStreamConstants.END_ELEMENT;
        event = reader.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        children.add(element(depth + 1));
      } else if (event == XMLStreamConstants.CHARACTERS) {
        text.append(reader.getText());
      }
    }
    String inside = children.isEmpty() && !text.toString().isBlank() ? text.toString() : "";
    return new Element(name, attributes, children, inside, line);
  }
}
