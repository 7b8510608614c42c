package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Values in an XML body, by their shapes. One thread. */
final class XmlBody {
  private final StringBuilder xml = new StringBuilder();

  private XmlBody() {}

  /**
   * @param name of the outermost element
   * @param namespace its namespace, or empty
   */
  static byte[] of(String name, String namespace, List<Member> members, Map<String, ?> values) {
    XmlBody body = new XmlBody();
    body.xml.append('<').append(name);
    if (!namespace.isEmpty()) {
      body.xml.append(" xmlns=\"").append(escaped(namespace)).append('"');
    }
    body.xml.append('>');
    body.members(members, values);
    body.xml.append("</").append(name).append('>');
    return body.xml.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void members(List<Member> members, Map<String, ?> values) {
    for (Member member : members) {
      Object value = values.get(member.name());
      if (value != null) {
        value(member.wireName(), member.shape(), value);
      }
    }
  }

  private void value(String name, Shape shape, Object value) {
    if (shape instanceof Shape.ListShape list) {
      list(name, list, Given.list(value));
      return;
    }
    xml.append('<').append(name).append('>');
    if (shape instanceof Shape.Structure structure) {
      members(structure.members(), Given.structure(structure, value));
    } else if (shape instanceof Shape.MapShape map) {
      for (Map.Entry<String, ?> entry : Given.map(value).entrySet()) {
        xml.append("<entry>");
        value(map.keyName().orElse("key"), map.key(), entry.getKey());
        value(map.valueName().orElse("value"), map.value(), entry.getValue());
        xml.append("</entry>");
      }
    } else {
      xml.append(escaped(Scalars.text((Shape.Scalar) shape, value, TimestampFormat.ISO8601)));
    }
    xml.append("</").append(name).append('>');
  }

  private void list(String name, Shape.ListShape shape, List<?> elements) {
    if (shape.flattened()) {
      elements.forEach(element -> value(shape.wireName().orElse(name), shape.element(), element));
      return;
    }
    xml.append('<').append(name).append('>');
    elements.forEach(element -> value(shape.wireName().orElse("member"), shape.element(), element));
    xml.append("</").append(name).append('>');
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
