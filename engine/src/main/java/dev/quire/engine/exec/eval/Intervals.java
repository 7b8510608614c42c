package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.jspecify.annotations.Nullable;

/** Arithmetic with intervals: a number of months, or of nanoseconds. */
final class Intervals {
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long NANOS_PER_DAY = 86_400_000L * NANOS_PER_MILLI;

  private Intervals() {}

  /** An interval as Calcite counts it: months or milliseconds. */
  static @Nullable Evaluator reinterpret(Signature call) {
    boolean isInt = ValueKind.of(call.type()) == ValueKind.INT;
    return switch (call.kind(0)) {
      case NANOS ->
          ValueKind.of(call.type()).isNumeric()
              ? Strict.unary(
                  call.argument(0), value -> sized((Long) value / NANOS_PER_MILLI, isInt))
              : call.argument(0);
      case MONTHS ->
          ValueKind.of(call.type()).isNumeric()
              ? Strict.unary(call.argument(0), value -> sized((Long) value, isInt))
              : call.argument(0);
      default -> null;
    };
  }

  private static Object sized(long value, boolean isInt) {
    return isInt ? (Object) Math.toIntExact(value) : value;
  }

  static @Nullable Evaluator arithmetic(Signature call) {
    if (call.size() < 2) {
      return null;
    }
    ValueKind left = call.kind(0);
    ValueKind right = call.kind(1);
    ValueKind result = ValueKind.of(call.type());
    boolean minus = call.name().equals("-") || call.name().equals("MINUS_DATE");
    if (isTime(left) && isInterval(right)) {
      return shifted(call.argument(0), call.argument(1), right, minus ? -1 : 1, result);
    }
    if (isInterval(left) && isTime(right) && !minus) {
      return shifted(call.argument(1), call.argument(0), left, 1, result);
    }
    if (isTime(left) && isTime(right) && minus && isInterval(result)) {
      return difference(call, result);
    }
    return ofNumbers(call, left, right);
  }

  private static @Nullable Evaluator ofNumbers(Signature call, ValueKind left, ValueKind right) {
    Evaluator a = call.argument(0);
    Evaluator b = call.argument(1);
    if (isInterval(left) && left == right) {
      return switch (call.name()) {
        case "+" -> exact(a, b, Math::addExact);
        case "-" -> exact(a, b, Math::subtractExact);
        default -> null;
      };
    }
    if (call.name().equals("*") && (isInterval(left) || isInterval(right))) {
      return Strict.binary(a, b, (x, y) -> whole(number(x).multiply(number(y))));
    }
    return call.name().startsWith("/") && isInterval(left) && right.isNumeric()
        ? Strict.binary(a, b, Intervals::divided)
        : null;
  }

  private interface LongOperation {
    long apply(long a, long b);
  }

  private static Evaluator exact(Evaluator a, Evaluator b, LongOperation operation) {
    return Strict.binary(
        a,
        b,
        (x, y) -> {
          try {
            return operation.apply((Long) x, (Long) y);
          } catch (ArithmeticException e) {
            throw Arithmetic.outOfRange("a sum of intervals", "INTERVAL");
          }
        });
  }

  private static BigDecimal number(Object value) {
    return Arithmetic.decimal(value);
  }

  private static Object divided(Object interval, Object divisor) {
    if (number(divisor).signum() == 0) {
      throw Arithmetic.byZero();
    }
    return whole(number(interval).divide(number(divisor), 0, RoundingMode.DOWN));
  }

  private static Long whole(BigDecimal value) {
    try {
      return value.setScale(0, RoundingMode.DOWN).longValueExact();
    } catch (ArithmeticException e) {
      throw Arithmetic.outOfRange(value.toPlainString(), "INTERVAL");
    }
  }

  private static boolean isInterval(ValueKind kind) {
    return kind == ValueKind.MONTHS || kind == ValueKind.NANOS;
  }

  private static boolean isTime(ValueKind kind) {
    return switch (kind) {
      case DATE, TIME, TIMESTAMP, INSTANT -> true;
      default -> false;
    };
  }

  private static Evaluator shifted(
      Evaluator time, Evaluator interval, ValueKind unit, int sign, ValueKind result) {
    return Strict.binary(
        time,
        interval,
        (value, amount) -> {
          try {
            return shift(value, Math.multiplyExact((Long) amount, sign), unit, result);
          } catch (DateTimeException | ArithmeticException e) {
            throw new SourceException(
                ErrorKind.INVALID_VALUE, "a time is out of range: " + TextValues.text(value), e);
          }
        });
  }

  private static Object shift(Object value, long amount, ValueKind unit, ValueKind result) {
    if (value instanceof LocalTime time) {
      return unit == ValueKind.NANOS ? time.plusNanos(amount % NANOS_PER_DAY) : time;
    }
    LocalDateTime time = Casts.timestamp(value);
    LocalDateTime moved =
        unit == ValueKind.MONTHS ? time.plusMonths(amount) : time.plusNanos(amount);
    return DateFunctions.ofKind(moved, result);
  }

  private static Evaluator difference(Signature call, ValueKind result) {
    ChronoUnit unit = result == ValueKind.MONTHS ? ChronoUnit.MONTHS : ChronoUnit.NANOS;
    return Strict.binary(
        call.argument(0),
        call.argument(1),
        (a, b) -> {
          try {
            return a instanceof LocalTime later && b instanceof LocalTime sooner
                ? later.toNanoOfDay() - sooner.toNanoOfDay()
                : unit.between(Casts.timestamp(b), Casts.timestamp(a));
          } catch (ArithmeticException e) {
            throw Arithmetic.outOfRange("the time between two dates", "INTERVAL");
          }
        });
  }

  /** The part of an interval that a unit names; null if it has none. */
  static @Nullable Function<Object, Long> part(TimeUnitRange unit, ValueKind kind) {
    if (kind == ValueKind.MONTHS) {
      return switch (unit) {
        case YEAR -> value -> (Long) value / 12;
        case MONTH -> value -> (Long) value % 12;
        default -> null;
      };
    }
    return switch (unit) {
      case DAY -> value -> (Long) value / NANOS_PER_DAY;
      case HOUR -> value -> (Long) value % NANOS_PER_DAY / (3_600_000 * NANOS_PER_MILLI);
      case MINUTE -> value -> (Long) value / (60_000 * NANOS_PER_MILLI) % 60;
      case SECOND -> value -> (Long) value / (1_000 * NANOS_PER_MILLI) % 60;
      case MILLISECOND -> value -> (Long) value / NANOS_PER_MILLI % 60_000;
      case MICROSECOND -> value -> (Long) value / 1_000 % (60_000 * NANOS_PER_MILLI / 1_000);
      case NANOSECOND -> value -> (Long) value % (60_000 * NANOS_PER_MILLI);
      case EPOCH -> value -> (Long) value / (1_000 * NANOS_PER_MILLI);
      default -> null;
    };
  }
}
