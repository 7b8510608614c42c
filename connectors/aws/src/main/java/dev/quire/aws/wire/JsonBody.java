package dev.quire.aws.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.TimestampFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Values in a JSON or CBOR body, by their shapes. One thread. */
final class JsonBody {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int CBOR_EPOCH = 1;

  private final JsonGenerator out;

  private JsonBody(JsonGenerator out) {
    this.out = out;
  }

  static byte[] json(List<Member> members, Map<String, ?> values) {
    return bytes(JSON, members, values);
  }

  static byte[] cbor(List<Member> members, Map<String, ?> values) {
    return bytes(Cbor.FACTORY, members, values);
  }

  /** Loaded with the first service that speaks it. */
  private static final class Cbor {
    private static final CBORFactory FACTORY = new CBORFactory();
  }

  private static byte[] bytes(JsonFactory format, List<Member> members, Map<String, ?> values) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = format.createGenerator(bytes)) {
      new JsonBody(out).members(members, values);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void members(List<Member> members, Map<String, ?> values) throws IOException {
    out.writeStartObject();
    for (Member member : members) {
      Object value = values.get(member.name());
      if (value != null) {
        out.writeFieldName(member.wireName());
        value(member.shape(), value);
      }
    }
    out.writeEndObject();
  }

  private void value(Shape shape, Object value) throws IOException {
    if (shape instanceof Shape.Structure structure) {
      members(structure.members(), Given.structure(structure, value));
    } else if (shape instanceof Shape.ListShape list) {
      out.writeStartArray();
      for (Object element : Given.list(value)) {
        value(list.element(), element);
      }
      out.writeEndArray();
    } else if (shape instanceof Shape.MapShape map) {
      out.writeStartObject();
      for (Map.Entry<String, ?> entry : Given.map(value).entrySet()) {
        out.writeFieldName(entry.getKey());
        value(map.value(), entry.getValue());
      }
      out.writeEndObject();
    } else {
      scalar((Shape.Scalar) shape, value);
    }
  }

  private void scalar(Shape.Scalar scalar, Object value) throws IOException {
    switch (scalar.kind()) {
      case STRING -> out.writeString(value.toString());
      case BOOLEAN -> out.writeBoolean((boolean) Scalars.parse(scalar, value.toString()));
      case INTEGER, LONG ->
          out.writeNumber(((Number) Scalars.parse(scalar, value.toString())).longValue());
      case FLOAT, DOUBLE -> number(value);
      case TIMESTAMP -> timestamp(scalar, value);
      case BLOB -> blob(value);
      case DOCUMENT -> JsonTree.write(value, out);
    }
  }

  private void number(Object value) throws IOException {
    if (value instanceof BigDecimal decimal && !(out instanceof CBORGenerator)) {
      out.writeNumber(decimal);
    } else {
      out.writeNumber(Double.parseDouble(value.toString()));
    }
  }

  private void timestamp(Shape.Scalar scalar, Object value) throws IOException {
    BigDecimal seconds = Moments.seconds(Scalars.moment(value));
    if (out instanceof CBORGenerator cbor) {
      cbor.writeTag(CBOR_EPOCH);
      out.writeNumber(seconds.doubleValue());
    } else if (scalar.format().orElse(TimestampFormat.UNIX) == TimestampFormat.UNIX) {
      out.writeNumber(seconds.toPlainString());
    } else {
      out.writeString(Scalars.text(scalar, value, TimestampFormat.UNIX));
    }
  }

  private void blob(Object value) throws IOException {
    byte[] bytes =
        value instanceof byte[] given ? given : Base64.getDecoder().decode(value.toString());
    if (out instanceof CBORGenerator) {
      out.writeBinary(bytes);
    } else {
      out.writeString(Base64.getEncoder().encodeToString(bytes));
    }
  }
}
