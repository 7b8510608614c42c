package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.TimestampFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request of the query protocols: a form with dotted names. One thread. */
final class FormBody {
  private final StringBuilder form = new StringBuilder();
  private final boolean ec2;

  private FormBody(boolean ec2) {
    this.ec2 = ec2;
  }

  /**
   * @param ec2 whether names and lists are EC2's
   */
  static byte[] of(
      OperationModel operation, String apiVersion, Map<String, ?> values, boolean ec2) {
    FormBody body = new FormBody(ec2);
    body.add("Action", operation.name());
    body.add("Version", apiVersion);
    body.structure("", operation.input(), values);
    return body.form.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void add(String name, String value) {
    form.append(form.isEmpty() ? "" : "&")
        .append(Percent.encode(name))
        .append('=')
        .append(Percent.encode(value));
  }

  private void structure(String prefix, Shape.Structure shape, Map<String, ?> values) {
    for (Member member : shape.members()) {
      Object value = values.get(member.name());
      if (value != null) {
        value(prefix + name(member), member.shape(), value);
      }
    }
  }

  private String name(Member member) {
    if (!ec2) {
      return member.wireName();
    }
    String wire = member.wireName();
    return member
        .queryName()
        .orElse(wire.substring(0, 1).toUpperCase(Locale.ROOT) + wire.substring(1));
  }

  private void value(String name, Shape shape, Object value) {
    if (shape instanceof Shape.Structure structure) {
      structure(name + ".", structure, Given.structure(structure, value));
    } else if (shape instanceof Shape.ListShape list) {
      list(name, list, Given.list(value));
    } else if (shape instanceof Shape.MapShape map) {
      map(name, map, Given.map(value));
    } else {
      add(name, Scalars.text((Shape.Scalar) shape, value, TimestampFormat.ISO8601));
    }
  }

  private void list(String name, Shape.ListShape shape, List<?> elements) {
    if (elements.isEmpty() && !ec2) {
      add(name, "");
    }
    String prefix =
        ec2
            ? name
            : shape.flattened()
                ? shape.wireName().map(element -> sibling(name, element)).orElse(name)
                : name + "." + shape.wireName().orElse("member");
    int number = 1;
    for (Object element : elements) {
      value(prefix + "." + number++, shape.element(), element);
    }
  }

  /** The name with another last part. */
  private static String sibling(String name, String last) {
    return name.substring(0, name.lastIndexOf('.') + 1) + last;
  }

  private void map(String name, Shape.MapShape shape, Map<String, ?> entries) {
    int number = 1;
    for (Map.Entry<String, ?> entry : entries.entrySet()) {
      String prefix = name + (shape.flattened() ? "." : ".entry.") + number++;
      add(prefix + "." + shape.keyName().orElse("key"), entry.getKey());
      value(prefix + "." + shape.valueName().orElse("value"), shape.value(), entry.getValue());
    }
  }
}
