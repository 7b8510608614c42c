package dev.quire.aws.wire;

import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.TimestampFormat;
import dev.quire.http.Excerpt;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/**
 * Scalars between their text on the wire and the classes that they become: String, Integer, Long,
 * Double, Boolean, Instant, byte[]. Exactly or not at all.
 */
final class Scalars {
  private static final int MOST_DIGITS = 1_000;
  private static final BigDecimal MOST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final Map<String, Double> SPECIAL =
      Map.of(
          "NaN",
          Double.NaN,
          "Infinity",
          Double.POSITIVE_INFINITY,
          "-Infinity",
          Double.NEGATIVE_INFINITY);

  private Scalars() {}

  /**
   * The value that a text means.
   *
   * @throws Misfit when it is none of the scalar's
   */
  static Object parse(Scalar scalar, String text) {
    try {
      return switch (scalar.kind()) {
        case STRING, DOCUMENT -> text;
        case INTEGER -> (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
        case LONG -> whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
        case FLOAT, DOUBLE -> floating(text);
        case BOOLEAN -> bool(text);
        case TIMESTAMP -> Moments.parse(text);
        case BLOB -> Base64.getMimeDecoder().decode(text);
      };
    } catch (DateTimeException | IllegalArgumentException | ArithmeticException e) {
      throw new Misfit(shown(text));
    }
  }

  private static long whole(String text, long least, long most) {
    String plain = text.strip();
    if (isShortWhole(plain)) {
      return within(Long.parseLong(plain), least, most, text);
    }
    BigDecimal exact = decimal(plain);
    if (exact.compareTo(LEAST_LONG) < 0
        || exact.compareTo(MOST_LONG) > 0
        || exact.stripTrailingZeros().scale() > 0) {
      throw new Misfit(shown(text));
    }
    return within(exact.longValueExact(), least, most, text);
  }

  private static boolean isShortWhole(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    boolean digits = text.length() > start && text.length() <= 18;
    for (int i = start; digits && i < text.length(); i++) {
      digits = text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits;
  }

  private static long within(long value, long least, long most, String text) {
    if (value < least || value > most) {
      throw new Misfit(shown(text));
    }
    return value;
  }

  private static BigDecimal decimal(String text) {
    if (text.length() > MOST_DIGITS) {
      throw new Misfit(shown(text));
    }
    BigDecimal value = new BigDecimal(text);
    if (Math.abs((long) value.scale()) > MOST_DIGITS) {
      throw new Misfit(shown(text));
    }
    return value;
  }

  /** A number too great is not infinity. */
  private static double floating(String text) {
    String plain = text.strip();
    Double special = SPECIAL.get(plain);
    if (special != null) {
      return special;
    }
    double value = decimal(plain).doubleValue();
    if (Double.isInfinite(value)) {
      throw new Misfit(shown(text));
    }
    return value;
  }

  private static boolean bool(String text) {
    return switch (text.strip()) {
      case "true", "True", "TRUE", "1" -> true;
      case "false", "False", "FALSE", "0" -> false;
      default -> throw new Misfit(shown(text));
    };
  }

  static String shown(String text) {
    return "'" + Excerpt.of(text, 40) + "'";
  }

  /**
   * The text of a value in a query, a header, a form or XML.
   *
   * @param standard how a timestamp is written there, unless its shape says otherwise
   */
  static String text(Scalar scalar, Object value, TimestampFormat standard) {
    return switch (scalar.kind()) {
      case TIMESTAMP -> Moments.text(moment(value), scalar.format().orElse(standard));
      case BLOB ->
          value instanceof byte[] bytes
              ? Base64.getEncoder().encodeToString(bytes)
              : value.toString();
      case INTEGER, LONG, FLOAT, DOUBLE -> number(value);
      case DOCUMENT -> JsonTree.text(value);
      case STRING, BOOLEAN -> value.toString();
    };
  }

  private static String number(Object value) {
    if (value instanceof Double d) {
      return d == Math.rint(d) && Math.abs(d) < 1e15 ? "" + (long) (double) d : d.toString();
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  static Instant moment(Object value) {
    return value instanceof Instant moment ? moment : Moments.parse(value.toString());
  }
}
