package dev.quire.aws.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ScalarKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import org.jspecify.annotations.Nullable;

/** A value of a JSON or CBOR answer. One thread. */
final class JsonCursor implements AnswerCursor {
  private final JsonParser json;
  private final MemberNames names;

  /**
   * @param json at the first token of the value
   */
  JsonCursor(JsonParser json, MemberNames names) {
    this.json = json;
    this.names = names;
  }

  @Override
  public boolean isNull() {
    return json.currentToken() == JsonToken.VALUE_NULL;
  }

  @Override
  public void structure(Shape.Structure shape, MemberVisitor visitor) throws IOException {
    require(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      Member member = names.find(shape, name);
      if (member == null) {
        json.skipChildren();
        visitor.unknown(name);
      } else {
        visitor.visit(member);
      }
    }
  }

  @Override
  public void list(Shape.ListShape shape, ElementVisitor visitor) throws IOException {
    require(JsonToken.START_ARRAY, "a list");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      visitor.visit();
    }
  }

  @Override
  public void map(Shape.MapShape shape, EntryVisitor visitor) throws IOException {
    require(JsonToken.START_OBJECT, "an object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      json.nextToken();
      visitor.visit(key);
    }
  }

  private void require(JsonToken wanted, String what) throws IOException {
    if (json.currentToken() != wanted) {
      throw new Misfit(found() + " instead of " + what);
    }
  }

  private String found() throws IOException {
    JsonToken token = json.currentToken();
    return token == JsonToken.START_OBJECT
        ? "an object"
        : token == JsonToken.START_ARRAY ? "a list" : Scalars.shown(json.getText());
  }

  @Override
  public @Nullable Object scalar(Shape.Scalar shape) throws IOException {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    ScalarKind kind = shape.kind();
    if (kind == ScalarKind.DOCUMENT) {
      return JsonTree.read(json);
    }
    if (token == JsonToken.VALUE_EMBEDDED_OBJECT && kind == ScalarKind.BLOB) {
      return json.getBinaryValue();
    }
    if (token == null || !token.isScalarValue()) {
      throw new Misfit(found());
    }
    return token.isNumeric() ? number(shape, token) : text(shape);
  }

  private Object text(Shape.Scalar shape) throws IOException {
    return shape.kind() == ScalarKind.STRING
        ? json.getText()
        : Scalars.parse(shape, json.getText());
  }

  /** Most numbers need no text; those that may not fit are read from it. */
  private Object number(Shape.Scalar shape, JsonToken token) throws IOException {
    boolean whole = token == JsonToken.VALUE_NUMBER_INT;
    JsonParser.NumberType size = json.getNumberType();
    return switch (shape.kind()) {
      case INTEGER ->
          whole && size == JsonParser.NumberType.INT ? (Object) json.getIntValue() : text(shape);
      case LONG ->
          whole && size != JsonParser.NumberType.BIG_INTEGER
              ? (Object) json.getLongValue()
              : text(shape);
      case TIMESTAMP ->
          json.getTextLength() < 40 ? moment(json.getDecimalValue(), shape) : text(shape);
      default -> text(shape);
    };
  }

  private Object moment(BigDecimal seconds, Shape.Scalar shape) throws IOException {
    try {
      return Moments.ofSeconds(seconds);
    } catch (DateTimeException e) {
      return text(shape);
    }
  }

  @Override
  public void skip() throws IOException {
    json.skipChildren();
  }
}
