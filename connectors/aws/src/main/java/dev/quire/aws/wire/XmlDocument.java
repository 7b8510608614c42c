package dev.quire.aws.wire;

import dev.quire.http.Excerpt;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML without document types and without anything outside of the document. */
final class XmlDocument {
  private static final XMLInputFactory FACTORY = factory();

  private XmlDocument() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    return factory;
  }

  /** Stands at the outermost element. */
  static XMLStreamReader open(InputStream body) throws IOException {
    try {
      XMLStreamReader xml;
      synchronized (FACTORY) {
        xml = FACTORY.createXMLStreamReader(body);
      }
      while (xml.getEventType() != XMLStreamConstants.START_ELEMENT) {
        next(xml);
      }
      return xml;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /**
   * The next event.
   *
   * @throws IOException when the stream breaks
   */
  static int next(XMLStreamReader xml) throws IOException {
    try {
      return xml.next();
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  /** Reads what follows the outermost element, which may only be white space and comments. */
  static void finish(XMLStreamReader xml) throws IOException {
    while (next(xml) != XMLStreamConstants.END_DOCUMENT) {
      // comments and white space
    }
  }

  private static IOException broken(XMLStreamException e) throws IOException {
    for (Throwable cause = e.getNestedException(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException broken && !(cause instanceof CharConversionException)) {
        return broken;
      }
    }
    String where = "";
    if (e.getLocation() != null && e.getLocation().getCharacterOffset() >= 0) {
      where = " at character " + e.getLocation().getCharacterOffset();
    }
    String message = String.valueOf(e.getMessage());
    int text = message.indexOf("Message: ");
    throw Malformed.answer(
        "the answer is not valid XML"
            + where
            + ": "
            + Excerpt.of(text < 0 ? message : message.substring(text + 9), 200),
        e);
  }
}
