package dev.quire.engine.exec.eval;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.jspecify.annotations.Nullable;

/** Functions of dates, times and intervals. Moments are seen in UTC. */
final class DateFunctions {
  private DateFunctions() {}

  static @Nullable Evaluator find(Signature call) {
    if (call.size() == 0) {
      return null;
    }
    return switch (call.name()) {
      case "EXTRACT", "DATE_PART" -> extract(call);
      case "TIMESTAMPDIFF" -> whole(call);
      case "FLOOR", "CEIL" ->
          call.size() == 2 ? toUnit(call, call.argument(1), call.argument(0)) : null;
      case "DATE_TRUNC", "TIMESTAMP_TRUNC", "DATETIME_TRUNC" -> truncated(call);
      case "LAST_DAY" ->
          Strict.unary(
              call.argument(0),
              value -> Casts.date(value).with(TemporalAdjusters.lastDayOfMonth()));
      case "REINTERPRET" -> Intervals.reinterpret(call);
      case "+", "-", "*", "/", "/INT", "DATETIME_PLUS", "DATETIME_MINUS", "MINUS_DATE" ->
          Intervals.arithmetic(call);
      default -> null;
    };
  }

  private static @Nullable TimeUnitRange unit(Evaluator argument) {
    if (!(argument instanceof Evaluator.Constant constant) || constant.value() == null) {
      return null;
    }
    if (constant.value() instanceof TimeUnitRange unit) {
      return unit;
    }
    if (constant.value() instanceof String name) {
      try {
        return TimeUnitRange.valueOf(name.strip().toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
    return null;
  }

  private static @Nullable Evaluator extract(Signature call) {
    TimeUnitRange unit = unit(call.argument(0));
    if (unit == null || call.size() != 2) {
      return null;
    }
    boolean isInt = ValueKind.of(call.type()) == ValueKind.INT;
    ValueKind kind = call.kind(1);
    Function<Object, Long> part =
        kind == ValueKind.MONTHS || kind == ValueKind.NANOS
            ? Intervals.part(unit, kind)
            : DateParts.part(unit);
    return part == null
        ? null
        : Strict.unary(
            call.argument(1),
            value -> {
              long number = part.apply(value);
              return isInt ? (Object) (int) number : number;
            });
  }

  /** The whole units between two times. */
  private static @Nullable Evaluator whole(Signature call) {
    TimeUnitRange unit = unit(call.argument(0));
    ToLongBiFunction<LocalDateTime, LocalDateTime> between =
        unit == null ? null : DateParts.between(unit);
    return between == null
        ? null
        : Strict.binary(
            call.argument(1),
            call.argument(2),
            (sooner, later) -> {
              try {
                return between.applyAsLong(DateParts.moment(sooner), DateParts.moment(later));
              } catch (ArithmeticException e) {
                throw Arithmetic.outOfRange("the time between two dates", "BIGINT");
              }
            });
  }

  private static @Nullable Evaluator truncated(Signature call) {
    return unit(call.argument(0)) != null
        ? toUnit(call, call.argument(0), call.argument(1))
        : toUnit(call, call.argument(1), call.argument(0));
  }

  /** FLOOR or CEIL to a unit. */
  private static @Nullable Evaluator toUnit(Signature call, Evaluator unitOf, Evaluator argument) {
    TimeUnitRange unit = unit(unitOf);
    if (unit == null) {
      return null;
    }
    boolean up = call.name().equals("CEIL");
    ValueKind kind = ValueKind.of(call.type());
    if (!DateParts.canTruncate(unit)) {
      return null;
    }
    return Strict.unary(
        argument,
        value -> {
          if (value instanceof LocalTime time) {
            LocalDateTime day = time.atDate(LocalDate.EPOCH);
            return toUnit(day, unit, up).toLocalTime();
          }
          return ofKind(toUnit(Casts.timestamp(value), unit, up), kind);
        });
  }

  private static LocalDateTime toUnit(LocalDateTime time, TimeUnitRange unit, boolean up) {
    LocalDateTime floor = DateParts.truncate(time, unit);
    return up && !floor.equals(time) ? DateParts.next(floor, unit) : floor;
  }

  static Object ofKind(LocalDateTime time, ValueKind kind) {
    return switch (kind) {
      case DATE -> time.toLocalDate();
      case TIME -> time.toLocalTime();
      case INSTANT -> Casts.instant(time);
      default -> time;
    };
  }
}
