package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;

/**
 * Arithmetic that is exact or fails: integers overflow to an error, decimals keep every digit. A
 * quotient of decimals is rounded half up to the scale of its SQL type, but to at least six digits
 * or the scale of either operand; a quotient of integers is truncated.
 */
public final class Arithmetic {
  /** Fewest digits after the point of a decimal quotient whose type does not ask for more. */
  static final int LEAST_QUOTIENT_SCALE = 6;

  private Arithmetic() {}

  /** The operation on two numbers whose result has the given type. */
  static Evaluator binary(SqlKind kind, RelDataType type, Evaluator left, Evaluator right) {
    int scale = Casts.scaleOf(type);
    return switch (ValueKind.of(type)) {
      case INT -> {
        Casts.IntRange range = Casts.IntRange.of(type);
        yield Strict.binary(left, right, (a, b) -> range.check(ofLongs(kind, a, b)));
      }
      case LONG -> Strict.binary(left, right, (a, b) -> ofLongs(kind, a, b));
      case DOUBLE -> Strict.binary(left, right, (a, b) -> ofDoubles(kind, a, b));
      case DECIMAL -> Strict.binary(left, right, (a, b) -> ofDecimals(kind, a, b, scale));
      default -> throw Unsupported.function(kind + " giving " + type);
    };
  }

  private static long ofLongs(SqlKind kind, Object left, Object right) {
    long a = integral(left);
    long b = integral(right);
    try {
      return switch (kind) {
        case PLUS -> Math.addExact(a, b);
        case MINUS -> Math.subtractExact(a, b);
        case TIMES -> Math.multiplyExact(a, b);
        case DIVIDE -> divide(a, b);
        case MOD -> b == -1 ? 0 : a % nonZero(b);
        default -> throw new IllegalArgumentException(kind.name());
      };
    } catch (ArithmeticException e) {
      throw outOfRange(a + " " + sign(kind) + " " + b, "BIGINT");
    }
  }

  private static long integral(Object value) {
    return value instanceof BigDecimal decimal
        ? decimal.longValueExact()
        : ((Number) value).longValue();
  }

  private static long divide(long a, long b) {
    return b == -1 ? Math.negateExact(a) : a / nonZero(b);
  }

  private static long nonZero(long divisor) {
    if (divisor == 0) {
      throw byZero();
    }
    return divisor;
  }

  private static Double ofDoubles(SqlKind kind, Object left, Object right) {
    double a = ((Number) left).doubleValue();
    double b = ((Number) right).doubleValue();
    if (b == 0 && (kind == SqlKind.DIVIDE || kind == SqlKind.MOD)) {
      throw byZero();
    }
    double result =
        switch (kind) {
          case PLUS -> a + b;
          case MINUS -> a - b;
          case TIMES -> a * b;
          case DIVIDE -> a / b;
          case MOD -> a % b;
          default -> throw new IllegalArgumentException(kind.name());
        };
    if (Double.isInfinite(result) && Double.isFinite(a) && Double.isFinite(b)) {
      throw outOfRange(a + " " + sign(kind) + " " + b, "DOUBLE");
    }
    return result;
  }

  private static BigDecimal ofDecimals(SqlKind kind, Object left, Object right, int scale) {
    BigDecimal a = decimal(left);
    BigDecimal b = decimal(right);
    if (b.signum() == 0 && (kind == SqlKind.DIVIDE || kind == SqlKind.MOD)) {
      throw byZero();
    }
    return switch (kind) {
      case PLUS -> a.add(b);
      case MINUS -> a.subtract(b);
      case TIMES -> a.multiply(b);
      case DIVIDE -> quotient(a, b, scale);
      case MOD -> a.remainder(b);
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  /** A quotient by the rule of this type. */
  public static BigDecimal quotient(BigDecimal a, BigDecimal b, int typeScale) {
    int scale = Math.max(Math.max(typeScale, LEAST_QUOTIENT_SCALE), Math.max(a.scale(), b.scale()));
    return a.divide(b, scale, RoundingMode.HALF_UP);
  }

  static BigDecimal decimal(Object value) {
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw outOfRange(number.toString(), "DECIMAL");
    }
    return value instanceof Double number
        ? BigDecimal.valueOf(number)
        : ValueOrder.exact((Number) value);
  }

  static Evaluator negate(RelDataType type, Evaluator argument) {
    return switch (ValueKind.of(type)) {
      case INT -> {
        Casts.IntRange range = Casts.IntRange.of(type);
        yield Strict.unary(argument, value -> range.check(-((Number) value).longValue()));
      }
      case LONG, MONTHS, NANOS -> Strict.unary(argument, Arithmetic::negateLong);
      case DOUBLE -> Strict.unary(argument, value -> -((Number) value).doubleValue());
      case DECIMAL -> Strict.unary(argument, value -> decimal(value).negate());
      default -> throw Unsupported.function("minus giving " + type);
    };
  }

  private static Long negateLong(Object value) {
    long number = ((Number) value).longValue();
    if (number == Long.MIN_VALUE) {
      throw outOfRange("-(" + number + ")", "BIGINT");
    }
    return -number;
  }

  private static String sign(SqlKind kind) {
    return switch (kind) {
      case PLUS -> "+";
      case MINUS -> "-";
      case TIMES -> "*";
      case DIVIDE -> "/";
      default -> "%";
    };
  }

  static SourceException byZero() {
    return new SourceException(ErrorKind.INVALID_VALUE, "division by zero");
  }

  static SourceException outOfRange(String what, String type) {
    return new SourceException(ErrorKind.INVALID_VALUE, what + " is out of the range of " + type);
  }
}
