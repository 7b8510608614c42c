package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * One element with all that is in it, as JSON has it: text alone is a string, and an element that
 * comes several times is a list.
 */
final class XmlTree {
  private static final int DEEPEST = 200;
  private static final String SCHEMA = "http://www.w3.org/2001/XMLSchema-instance";

  private XmlTree() {}

  /** A list that elements of one name make, told from what one of them holds. */
  private static final class Repeated extends ArrayList<@Nullable Object> {
    private static final long serialVersionUID = 1L;
  }

  /** Reads the current element to its end. */
  static @Nullable Object read(XMLStreamReader xml) throws XMLStreamException {
    return read(xml, 1);
  }

  private static @Nullable Object read(XMLStreamReader xml, int depth) throws XMLStreamException {
    if (depth > DEEPEST) {
      throw new SourceException(
          ErrorKind.MALFORMED_RESPONSE, "the answer is XML nested deeper than " + DEEPEST);
    }
    boolean isNil = "true".equals(xml.getAttributeValue(SCHEMA, "nil"));
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    for (int at = 0; at < xml.getAttributeCount(); at++) {
      if (!SCHEMA.equals(xml.getAttributeNamespace(at))) {
        members.put("@" + xml.getAttributeLocalName(at), xml.getAttributeValue(at));
      }
    }
    StringBuilder text = new StringBuilder();
    for (int event = xml.next(); event != XMLStreamConstants.END_ELEMENT; event = xml.next()) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        add(members, xml.getLocalName(), read(xml, depth + 1));
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(xml.getText());
      }
    }
    if (members.isEmpty()) {
      return isNil ? null : text.toString();
    }
    if (!text.toString().isBlank()) {
      members.put("#text", text.toString());
    }
    return members;
  }

  private static void add(
      Map<String, @Nullable Object> members, String name, @Nullable Object value) {
    if (!members.containsKey(name)) {
      members.put(name, value);
    } else if (members.get(name) instanceof Repeated list) {
      list.add(value);
    } else {
      Repeated list = new Repeated();
      list.add(members.get(name));
      list.add(value);
      members.put(name, list);
    }
  }

  static void write(@Nullable Object tree, JsonGenerator to) throws IOException {
    if (tree instanceof Map<?, ?> members) {
      to.writeStartObject();
      for (Map.Entry<?, ?> member : members.entrySet()) {
        to.writeFieldName(String.valueOf(member.getKey()));
        write(member.getValue(), to);
      }
      to.writeEndObject();
    } else if (tree instanceof List<?> list) {
      to.writeStartArray();
      for (Object each : list) {
        write(each, to);
      }
      to.writeEndArray();
    } else {
      to.writeString((String) tree);
    }
  }
}
