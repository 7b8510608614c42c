package dev.quire.aws;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.model.TimestampFormat;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers of an operation made from its shapes alone: each list and map has one element, each
 * scalar a value. Shapes that hold themselves end after a few levels.
 */
final class SampleAnswers {
  private static final int DEEPEST = 7;

  private final boolean xml;
  private final OperationModel operation;

  private SampleAnswers(ServiceModel service, OperationModel operation) {
    this.xml = service.protocol() != Protocol.JSON && service.protocol() != Protocol.REST_JSON;
    this.operation = operation;
  }

  static Reply of(ServiceModel service, OperationModel operation) {
    return new SampleAnswers(service, operation).reply(service.protocol());
  }

  private Reply reply(Protocol protocol) {
    Structure output = operation.output();
    String body =
        output
            .payload()
            .flatMap(output::findMember)
            .map(member -> xml ? element(member, 0) : json(member.shape(), 0))
            .orElseGet(() -> xml ? root(protocol, members(output, 0)) : json(output, 0));
    Reply reply = (xml ? Reply.text(body) : Reply.json(body)).withBody(body);
    for (Member member : output.members()) {
      if (member.location() == Location.HEADER && member.shape() instanceof Scalar scalar) {
        reply = reply.withHeader(member.wireName(), text(scalar, TimestampFormat.RFC822));
      }
    }
    return reply;
  }

  private String root(Protocol protocol, String members) {
    String name = operation.name() + (protocol == Protocol.REST_XML ? "Result" : "Response");
    String wrapped = operation.resultWrapper().map(each -> tagged(each, members)).orElse(members);
    return tagged(name, wrapped);
  }

  private static String tagged(String name, String content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }

  private String json(Shape shape, int depth) {
    if (shape instanceof Structure structure) {
      List<String> members = new ArrayList<>();
      for (Member member : structure.members()) {
        if (isInBody(member) && depth < DEEPEST) {
          members.add("\"" + member.wireName() + "\":" + json(member, depth + 1));
        }
      }
      return "{" + String.join(",", members) + "}";
    }
    if (shape instanceof ListShape list) {
      return depth < DEEPEST ? "[" + json(list.element(), depth + 1) + "]" : "[]";
    }
    if (shape instanceof MapShape map) {
      return depth < DEEPEST ? "{\"k\":" + json(map.value(), depth + 1) + "}" : "{}";
    }
    Scalar scalar = (Scalar) shape;
    String text = text(scalar, TimestampFormat.UNIX);
    boolean quoted =
        switch (scalar.kind()) {
          case STRING, BLOB -> true;
          case TIMESTAMP -> text.length() > 12;
          default -> false;
        };
    return quoted ? "\"" + text + "\"" : text;
  }

  private String json(Member member, int depth) {
    return member.form() == Member.Form.JSON_TEXT ? "\"{}\"" : json(member.shape(), depth);
  }

  private static boolean isInBody(Member member) {
    return member.location() == Location.BODY && member.form() != Member.Form.XML_ATTRIBUTE;
  }

  private String members(Structure structure, int depth) {
    StringBuilder text = new StringBuilder();
    for (Member member : structure.members()) {
      if (isInBody(member) && depth < DEEPEST) {
        text.append(element(member, depth + 1));
      }
    }
    return text.toString();
  }

  private String element(Member member, int depth) {
    if (member.shape() instanceof ListShape list && list.flattened()) {
      return tagged(list.wireName().orElse(member.wireName()), content(list.element(), depth));
    }
    if (member.shape() instanceof MapShape map && map.flattened()) {
      return tagged(member.wireName(), entry(map, depth));
    }
    return tagged(member.wireName(), content(member.shape(), depth));
  }

  private String content(Shape shape, int depth) {
    if (shape instanceof Structure structure) {
      return members(structure, depth);
    }
    if (shape instanceof ListShape list) {
      String name = list.wireName().orElse("member");
      return depth < DEEPEST ? tagged(name, content(list.element(), depth + 1)) : "";
    }
    if (shape instanceof MapShape map) {
      return depth < DEEPEST ? tagged("entry", entry(map, depth + 1)) : "";
    }
    return text((Scalar) shape, TimestampFormat.ISO8601);
  }

  private String entry(MapShape map, int depth) {
    return tagged(map.keyName().orElse("key"), "k")
        + tagged(map.valueName().orElse("value"), content(map.value(), depth));
  }

  private static String text(Scalar scalar, TimestampFormat usual) {
    return switch (scalar.kind()) {
      case STRING -> "text";
      case INTEGER, LONG -> "7";
      case FLOAT, DOUBLE -> "1.5";
      case BOOLEAN -> "true";
      case BLOB -> "AQI=";
      case DOCUMENT -> "{\"a\":1}";
      case TIMESTAMP ->
          switch (scalar.format().orElse(usual)) {
            case UNIX -> "1793534400.5";
            case ISO8601 -> "2026-11-01T12:00:00Z";
            case RFC822 -> "Sun, 01 Nov 2026 12:00:00 GMT";
          };
    };
  }
}
