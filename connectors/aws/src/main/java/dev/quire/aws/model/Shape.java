package dev.quire.aws.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The form of a value. May hold itself, through {@link ShapeRef}. Immutable. */
public sealed interface Shape {

  /**
   * Named members.
   *
   * @param members in the API's order
   * @param payload the member that is the whole body, of a REST request or answer
   */
  record Structure(List<Member> members, Optional<String> payload) implements Shape {
    public Structure {
      members = List.copyOf(members);
    }

    public static Structure of(Member... members) {
      return new Structure(List.of(members), Optional.empty());
    }

    /** Finds a member by its exact name. */
    public Optional<Member> findMember(String name) {
      return members.stream().filter(member -> member.name().equals(name)).findFirst();
    }
  }

  /**
   * Values of one shape in a row.
   *
   * @param wireName of an element in XML and in a form, where it is not {@code member}
   * @param flattened whether XML and forms leave out the element around the elements
   */
  record ListShape(ShapeRef ref, Optional<String> wireName, boolean flattened) implements Shape {
    public static ListShape of(Shape element) {
      return new ListShape(ShapeRef.to(element), Optional.empty(), false);
    }

    public Shape element() {
      return ref.shape();
    }
  }

  /**
   * Values by key.
   *
   * @param keyName of a key in XML and in a form, where it is not {@code key}
   * @param valueName of a value in XML and in a form, where it is not {@code value}
   * @param flattened whether XML and forms leave out the element around the entries
   */
  record MapShape(
      ShapeRef keyRef,
      ShapeRef valueRef,
      Optional<String> keyName,
      Optional<String> valueName,
      boolean flattened)
      implements Shape {
    public static MapShape of(Shape key, Shape value) {
      return new MapShape(
          ShapeRef.to(key), ShapeRef.to(value), Optional.empty(), Optional.empty(), false);
    }

    public Shape key() {
      return keyRef.shape();
    }

    public Shape value() {
      return valueRef.shape();
    }
  }

  /**
   * One value.
   *
   * @param min the least number, or length of a text
   * @param max the greatest number, or length of a text
   * @param format of a timestamp, where it is not its protocol's (and place's) own
   */
  record Scalar(
      ScalarKind kind, OptionalLong min, OptionalLong max, Optional<TimestampFormat> format)
      implements Shape {
    public static final Scalar STRING = of(ScalarKind.STRING);
    public static final Scalar INTEGER = of(ScalarKind.INTEGER);
    public static final Scalar TIMESTAMP = of(ScalarKind.TIMESTAMP);

    public static Scalar of(ScalarKind kind) {
      return new Scalar(kind, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
    }
  }

  /** What a scalar holds. */
  enum ScalarKind {
    STRING,
    INTEGER,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    TIMESTAMP,
    BLOB,
    /** Any JSON value. */
    DOCUMENT
  }
}
