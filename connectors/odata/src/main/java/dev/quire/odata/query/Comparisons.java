package dev.quire.odata.query;

import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.util.Optional;

/** Comparisons of one property with one constant, by the property's type. Immutable. */
final class Comparisons {
  static final String LENIENT_NOTE = "the service may compare text without case";
  private final Profile profile;
  private final Protocol protocol;

  Comparisons(Profile profile, Protocol protocol) {
    this.profile = profile;
    this.protocol = protocol;
  }

  /** {@code eq null} and {@code ne null}. */
  Condition nullTest(Field field, boolean isNull) {
    if (!field.column().nullable()) {
      return Condition.none("'" + field.name() + "' is never null");
    }
    if (field.navigation().isPresent()) {
      return Condition.none("what is referred to is tested for null here");
    }
    if (field.optionalParent() && isNull) {
      return Condition.none("services differ on a null inside a null structure");
    }
    String text = field.urlPath() + (isNull ? " eq null" : " ne null");
    return switch (field.kind()) {
      case BINARY, STRUCTURE, STREAM, DURATION ->
          Condition.none("'" + field.name() + "' cannot be tested for null at the source");
      case STRING -> text(text);
      default -> Condition.exact(text);
    };
  }

  /** A condition on text that lets in no fewer rows than SQL does. */
  Condition text(String text) {
    return profile.strings() == Profile.Strings.EXACT
        ? Condition.exact(text)
        : Condition.narrowing(text, LENIENT_NOTE);
  }

  Condition compare(Field field, Function function, Expression value) {
    if (value instanceof Constant && ShownMoments.areIn(protocol, field)) {
      return new ShownMoments(protocol, field).compare(function, value);
    }
    Optional<String> literal = literal(field, value);
    if (literal.isEmpty()) {
      return rounded(field, function, value)
          .orElseGet(() -> Condition.none("'" + field.name() + "' cannot hold the value exactly"));
    }
    boolean equality = function == Function.EQ || function == Function.NE;
    return switch (field.kind()) {
      case BYTE,
          SBYTE,
          INT16,
          INT32,
          INT64,
          DECIMAL,
          DATE,
          TIME_OF_DAY,
          TIME,
          DATE_TIME,
          DATE_TIME_OFFSET ->
          Condition.exact(text(field, function, literal.get()));
      case DOUBLE -> Condition.exact(floating(field, function, literal.get()));
      case BOOLEAN, GUID ->
          equality
              ? Condition.exact(text(field, function, literal.get()))
              : Condition.none("services differ in how they order '" + field.name() + "'");
      case STRING -> string(field, function, literal.get());
      case ENUM ->
          function == Function.EQ
              ? Condition.narrowing(text(field, function, literal.get()), "members may be equal")
              : Condition.none("members of '" + field.name() + "' may be equal");
      case SINGLE, BINARY, DURATION, STREAM, STRUCTURE ->
          Condition.none("'" + field.name() + "' is not compared at the source");
    };
  }

  /** The constant as the service's version writes it; empty when the type cannot hold it. */
  Optional<String> literal(Field field, Expression value) {
    return Literals.of(field, value).map(plain -> protocol.literal(field.kind(), plain));
  }

  /** A difference by the service's rule may be smaller than by SQL's, an order is another one. */
  private Condition string(Field field, Function function, String literal) {
    return switch (function) {
      case EQ -> text(text(field, function, literal));
      case NE ->
          profile.strings() == Profile.Strings.EXACT
              ? Condition.exact(text(field, function, literal))
              : Condition.none(LENIENT_NOTE);
      default -> Condition.none("the service may order text in another way");
    };
  }

  /**
   * Here NaN is greater than every number; for a service, no comparison with it holds but {@code
   * ne}. What is not at most a bound is above it, or NaN, or null.
   */
  private String floating(Field field, Function function, String literal) {
    boolean above = function == Function.GT || function == Function.GE;
    if (!above || !profile.nan()) {
      return text(field, function, literal);
    }
    Function below = function == Function.GT ? Function.LE : Function.LT;
    return withoutNull(field, "not (" + text(field, below, literal) + ")");
  }

  private static String text(Field field, Function function, String literal) {
    return text(field, field.urlPath(), function, literal);
  }

  /**
   * A comparison of a property, or of a function of it.
   *
   * @param subject is null where the property is
   */
  static String text(Field field, String subject, Function function, String literal) {
    String text = subject + " " + operator(function) + " " + literal;
    return function == Function.NE ? withoutNull(field, text) : text;
  }

  /** A condition that null may satisfy, without null. */
  private static String withoutNull(Field field, String text) {
    return field.column().nullable() ? "(" + text + " and " + field.urlPath() + " ne null)" : text;
  }

  private static String operator(Function function) {
    return switch (function) {
      case EQ -> "eq";
      case NE -> "ne";
      case LT -> "lt";
      case LE -> "le";
      case GT -> "gt";
      case GE -> "ge";
      default -> throw new IllegalArgumentException("no comparison: " + function);
    };
  }

  /** A bound finer than the property: the next coarser one lets in no fewer rows. */
  private Optional<Condition> rounded(Field field, Function function, Expression value) {
    String note = "the bound is finer than '" + field.name() + "' is kept";
    return switch (function) {
      case LT, LE ->
          Literals.rounded(field, value, true)
              .map(bound -> protocol.literal(field.kind(), bound))
              .map(bound -> Condition.narrowing(text(field, Function.LE, bound), note));
      case GT, GE ->
          Literals.rounded(field, value, false)
              .map(bound -> protocol.literal(field.kind(), bound))
              .map(bound -> Condition.narrowing(text(field, Function.GE, bound), note));
      default -> Optional.empty();
    };
  }

  /** Whether a number is outside of an integer type, so that no row has it. */
  boolean canNeverEqual(Field field, Expression value) {
    boolean whole =
        switch (field.kind()) {
          case BYTE, SBYTE, INT16, INT32, INT64 -> true;
          default -> false;
        };
    return whole
        && value instanceof Constant constant
        && (constant.value() instanceof Integer
            || constant.value() instanceof Long
            || constant.value() instanceof BigDecimal)
        && Literals.of(field, value).isEmpty();
  }
}
