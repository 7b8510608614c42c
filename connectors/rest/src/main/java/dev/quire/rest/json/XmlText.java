package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quire.http.Excerpt;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML as JSON: elements are members by their local names, attributes members with an @ before the
 * name. The elements at the place of the rows are a list, read one by one; what else there is in
 * the elements around them are values. Document types and entities of their own are refused. One
 * thread at a time.
 */
final class XmlText extends TranslatedText {
  private final XMLStreamReader xml;
  private final List<String> rows;
  private int level;
  private boolean started;
  private boolean inRows;
  private boolean hadRows;

  /**
   * @param rows names of the elements from the root's to a row's, at least two
   */
  XmlText(InputStream body, List<String> rows) throws IOException {
    this.rows = rows;
    try {
      this.xml = factory().createXMLStreamReader(body);
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  @Override
  boolean translate(JsonGenerator to) throws IOException {
    if (!started) {
      started = true;
      to.writeStartObject();
    }
    try {
      if (!xml.hasNext()) {
        to.writeEndObject();
        return false;
      }
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> begin(xml.getLocalName(), to);
        case XMLStreamConstants.END_ELEMENT -> end(to);
        case XMLStreamConstants.DTD ->
            throw new SourceException(
                ErrorKind.MALFORMED_RESPONSE, "the answer is XML with a document type");
        default -> {}
      }
      return true;
    } catch (XMLStreamException e) {
      throw broken(e);
    }
  }

  private void begin(String name, JsonGenerator to) throws IOException, XMLStreamException {
    boolean isNext = rows.get(level).equals(name);
    boolean isRow = isNext && level == rows.size() - 1;
    if (inRows != isRow) {
      turn(isRow, to);
    }
    if (isRow) {
      XmlTree.write(XmlTree.read(xml), to);
    } else if (isNext) {
      to.writeObjectFieldStart(name);
      for (int at = 0; at < xml.getAttributeCount(); at++) {
        to.writeStringField("@" + xml.getAttributeLocalName(at), xml.getAttributeValue(at));
      }
      level++;
      hadRows = false;
    } else {
      to.writeFieldName(name);
      XmlTree.write(XmlTree.read(xml), to);
    }
  }

  /** Begins the list of rows, or ends it. */
  private void turn(boolean on, JsonGenerator to) throws IOException {
    if (on) {
      to.writeArrayFieldStart(rows.get(rows.size() - 1));
    } else {
      to.writeEndArray();
    }
    inRows = on;
    hadRows |= on;
  }

  private void end(JsonGenerator to) throws IOException {
    boolean aroundRows = level == rows.size() - 1;
    if (aroundRows && !hadRows) {
      turn(true, to);
    }
    if (inRows) {
      turn(false, to);
    }
    to.writeEndObject();
    level--;
  }

  /** A stream that broke may be read again; text that is no XML may not. */
  private static SourceException broken(XMLStreamException e) throws IOException {
    if (e.getNestedException() instanceof IOException io
        && !(io instanceof CharConversionException)) {
      throw io;
    }
    String place =
        e.getLocation() == null
            ? ""
            : String.format(
                Locale.ROOT,
                " at line %,d, column %,d",
                e.getLocation().getLineNumber(),
                e.getLocation().getColumnNumber());
    String message = String.valueOf(e.getMessage());
    int after = message.indexOf("Message: ");
    return new SourceException(
        ErrorKind.MALFORMED_RESPONSE,
        "the answer is cut off or no valid XML"
            + place
            + ": "
            + Excerpt.of(after < 0 ? message : message.substring(after + 9), 200),
        e);
  }
}
