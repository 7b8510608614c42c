package dev.quire.aws.catalogue;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.Member.Form;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.ShapeRef;
import dev.quire.aws.model.TimestampFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the shapes of a service from its model, each when it is first asked for. One thread. */
final class ShapeImporter {
  private static final int LONGEST_REMARK = 140;
  private static final Map<String, Location> LOCATIONS =
      Map.of(
          "uri", Location.URI,
          "querystring", Location.QUERY,
          "header", Location.HEADER,
          "headers", Location.HEADERS,
          "statusCode", Location.STATUS);
  private static final Map<String, TimestampFormat> FORMATS =
      Map.of(
          "iso8601", TimestampFormat.ISO8601,
          "unixTimestamp", TimestampFormat.UNIX,
          "rfc822", TimestampFormat.RFC822);

  private final Node shapes;
  private final Map<Wanted, Integer> numbers = new HashMap<>();
  private final List<Wanted> wanted = new ArrayList<>();
  private final Map<Integer, Shape> made = new HashMap<>();

  /** A shape as it is used at one place. */
  private record Wanted(String name, boolean flattened) {}

  ShapeImporter(Node shapes) {
    this.shapes = shapes;
  }

  ShapeRef ref(String name) {
    return ref(new Wanted(name, false));
  }

  private ShapeRef ref(Node use) {
    return ref(new Wanted(use.requireText("shape"), use.flag("flattened")));
  }

  private ShapeRef ref(Wanted shape) {
    int number =
        numbers.computeIfAbsent(
            shape,
            unused -> {
              wanted.add(shape);
              return wanted.size() - 1;
            });
    return new ShapeRef(this::shape, number);
  }

  private Shape shape(int number) {
    Shape shape = made.get(number);
    if (shape == null) {
      shape = make(wanted.get(number));
      made.put(number, shape);
    }
    return shape;
  }

  private Shape make(Wanted shape) {
    Node node = shapes.node(shape.name());
    boolean flattened = shape.flattened() || node.flag("flattened");
    return switch (node.requireText("type")) {
      case "structure" -> node.flag("document") ? Scalar.of(ScalarKind.DOCUMENT) : structure(node);
      case "list" -> {
        Node member = node.node("member");
        yield new ListShape(ref(member), member.text("locationName"), flattened);
      }
      case "map" -> {
        Node key = node.node("key");
        Node value = node.node("value");
        yield new MapShape(
            ref(key), ref(value), key.text("locationName"), value.text("locationName"), flattened);
      }
      default -> scalar(node);
    };
  }

  private static Scalar scalar(Node node) {
    ScalarKind kind =
        switch (node.requireText("type")) {
          case "string", "character" -> ScalarKind.STRING;
          case "integer", "short", "byte" -> ScalarKind.INTEGER;
          case "long" -> ScalarKind.LONG;
          case "float" -> ScalarKind.FLOAT;
          case "double" -> ScalarKind.DOUBLE;
          case "boolean" -> ScalarKind.BOOLEAN;
          case "timestamp" -> ScalarKind.TIMESTAMP;
          case "blob" -> ScalarKind.BLOB;
          default ->
              throw new IllegalArgumentException("unknown type '" + node.requireText("type") + "'");
        };
    return new Scalar(
        kind, node.whole("min"), node.whole("max"), node.text("timestampFormat").map(FORMATS::get));
  }

  private Structure structure(Node node) {
    List<String> required = node.texts("required");
    List<Member> members = new ArrayList<>();
    node.node("members")
        .nodes()
        .forEach((member, use) -> members.add(member(member, use, required.contains(member))));
    return new Structure(members, node.text("payload"));
  }

  private Member member(String name, Node use, boolean required) {
    return new Member(
        name,
        use.text("locationName").orElse(name),
        use.text("queryName"),
        use.text("location").map(LOCATIONS::get).orElse(Location.BODY),
        ref(use),
        required,
        form(use),
        use.text("documentation").flatMap(text -> FirstSentence.of(text, LONGEST_REMARK)));
  }

  private Form form(Node use) {
    if (use.flag("xmlAttribute")) {
      return Form.XML_ATTRIBUTE;
    }
    if (use.flag("jsonvalue")) {
      return Form.JSON_TEXT;
    }
    if (use.flag("idempotencyToken")) {
      return Form.IDEMPOTENCY_TOKEN;
    }
    Node shape = shapes.node(use.requireText("shape"));
    return use.flag("streaming") || shape.flag("streaming") || shape.flag("eventstream")
        ? Form.STREAM
        : Form.PLAIN;
  }
}
