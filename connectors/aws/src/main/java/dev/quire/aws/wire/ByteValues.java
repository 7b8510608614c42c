package dev.quire.aws.wire;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.json.JsonReader;
import dev.quire.json.Names;
import dev.quire.json.UncertainException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by their shapes as {@link Trees} and {@link JsonCursor} read them, straight from the bytes
 * of an answer. What is not certain is thrown as UncertainException or {@link Misfit}. One thread
 * at a time.
 */
final class ByteValues {
  private final JsonReader reader;
  private final Map<Shape.Structure, Members> known = new IdentityHashMap<>();

  ByteValues(JsonReader reader) {
    this.reader = reader;
  }

  /** Members of a structure by the places of their names on the wire. */
  static final class Members {
    /** So many names are taken at most. */
    private static final int MOST = 120;

    final Names names;
    final Member[] members;
    final Shape[] shapes;

    private Members(List<Member> wanted) {
      members = wanted.toArray(new Member[0]);
      shapes = new Shape[members.length];
      List<String> wire = new ArrayList<>();
      for (int i = 0; i < members.length; i++) {
        shapes[i] = members[i].shape();
        wire.add(members[i].wireName());
      }
      names = new Names(wire);
    }

    /**
     * All that stand in a body.
     *
     * @throws Misfit when they are too many or share a name
     */
    static Members of(List<Member> members) {
      Map<String, Member> byName = new LinkedHashMap<>();
      for (Member member : members) {
        if (member.location() == Location.BODY && byName.put(member.wireName(), member) != null) {
          throw new Misfit("ambiguous");
        }
      }
      if (byName.size() > MOST) {
        throw new Misfit("too many");
      }
      return new Members(List.copyOf(byName.values()));
    }
  }

  /** Takes the value that is next. */
  @Nullable Object take(Shape shape) throws UncertainException {
    if (reader.tryNull()) {
      return null;
    }
    if (shape instanceof Scalar scalar) {
      return reader.peek() == '"' ? text(scalar) : other(scalar);
    }
    if (shape instanceof Shape.Structure structure) {
      return structure(structure);
    }
    return shape instanceof Shape.ListShape list ? list(list) : map((Shape.MapShape) shape);
  }

  private Object text(Scalar scalar) throws UncertainException {
    return switch (scalar.kind()) {
      case STRING, DOCUMENT -> reader.text();
      case TIMESTAMP -> {
        Instant common = reader.tryInstant();
        yield common != null ? common : Scalars.parse(scalar, reader.text());
      }
      default -> Scalars.parse(scalar, reader.text());
    };
  }

  private Object other(Scalar scalar) throws UncertainException {
    Object value =
        switch (scalar.kind()) {
          case INTEGER -> integer();
          case LONG -> whole() ? (Object) reader.unscaled() : null;
          case FLOAT, DOUBLE -> reader.tryNumber() ? (Object) real() : null;
          case BOOLEAN -> reader.tryBoolean();
          case TIMESTAMP -> reader.tryNumber() ? moment() : null;
          case STRING, BLOB, DOCUMENT -> null;
        };
    if (value == null) {
      throw new Misfit("unusual");
    }
    return value;
  }

  private boolean whole() {
    return reader.tryNumber() && reader.scale() == 0;
  }

  private @Nullable Integer integer() {
    boolean fits = whole() && reader.unscaled() == (int) reader.unscaled();
    return fits ? (int) reader.unscaled() : null;
  }

  private double real() {
    double value = reader.real();
    return Double.isNaN(value) ? reader.decimal().doubleValue() : value;
  }

  private @Nullable Instant moment() {
    Instant common = Moments.ofScaled(reader.unscaled(), reader.scale());
    if (common != null) {
      return common;
    }
    try {
      return Moments.ofSeconds(reader.decimal());
    } catch (DateTimeException e) {
      return null;
    }
  }

  private Map<String, @Nullable Object> structure(Shape.Structure shape) throws UncertainException {
    Members members = members(shape);
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    reader.beginObject();
    for (int i; (i = reader.next(members.names)) != JsonReader.END; ) {
      if (map.put(members.members[i].name(), take(members.shapes[i])) != null) {
        throw new Misfit("there twice");
      }
    }
    return map;
  }

  private Members members(Shape.Structure shape) {
    Members members = known.get(shape);
    if (members == null) {
      members = Members.of(shape.members());
      known.put(shape, members);
    }
    return members;
  }

  private List<@Nullable Object> list(Shape.ListShape shape) throws UncertainException {
    Shape element = shape.element();
    List<@Nullable Object> elements = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      elements.add(take(element));
    }
    return elements;
  }

  private Map<String, @Nullable Object> map(Shape.MapShape shape) throws UncertainException {
    Shape value = shape.value();
    Map<String, @Nullable Object> entries = new LinkedHashMap<>();
    reader.beginObject();
    for (String key; (key = reader.nextName()) != null; ) {
      entries.put(key, take(value));
    }
    return entries;
  }
}
