package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Functions of numbers. Rounding is half away from zero. */
final class NumberFunctions {
  private NumberFunctions() {}

  static @Nullable Evaluator find(Signature call) {
    if (!call.isNumeric()) {
      return null;
    }
    Evaluator exact = exact(call);
    return exact != null ? exact : real(call);
  }

  private static @Nullable Evaluator exact(Signature call) {
    RelDataType type = call.type();
    return switch (call.name()) {
      case "ABS" -> Strict.unary(call.argument(0), result(type, BigDecimal::abs));
      case "SIGN" ->
          Strict.unary(call.argument(0), result(type, value -> BigDecimal.valueOf(value.signum())));
      case "CEIL", "CEILING" -> toScale(call, RoundingMode.CEILING, new Evaluator.Constant(0));
      case "FLOOR" -> toScale(call, RoundingMode.FLOOR, new Evaluator.Constant(0));
      case "ROUND" -> toScale(call, RoundingMode.HALF_UP, digits(call));
      case "TRUNCATE", "TRUNC" -> toScale(call, RoundingMode.DOWN, digits(call));
      default -> null;
    };
  }

  private static Evaluator digits(Signature call) {
    return call.size() > 1 ? call.argument(1) : new Evaluator.Constant(0);
  }

  private static Evaluator toScale(Signature call, RoundingMode mode, Evaluator digits) {
    RelDataType type = call.type();
    return Strict.binary(
        call.argument(0),
        digits,
        (value, places) -> {
          int scale = (int) Math.max(-400, Math.min(400, ((Number) places).longValue()));
          return result(type, number -> rounded(number, scale, mode)).apply(value);
        });
  }

  private static BigDecimal rounded(BigDecimal number, int scale, RoundingMode mode) {
    BigDecimal rounded = number.scale() <= scale ? number : number.setScale(scale, mode);
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }

  /** Applies an exact function to a number of any class and gives the class of the type. */
  private static Function<Object, Object> result(
      RelDataType type, Function<BigDecimal, BigDecimal> function) {
    return value -> {
      if (value instanceof Double number && !Double.isFinite(number)) {
        return number;
      }
      return ofType(function.apply(Arithmetic.decimal(value)), type);
    };
  }

  private static Object ofType(BigDecimal number, RelDataType type) {
    return switch (ValueKind.of(type)) {
      case INT -> Casts.toInt(number, type);
      case LONG -> Casts.toLong(number);
      case DOUBLE -> number.doubleValue();
      default -> number;
    };
  }

  private static @Nullable Evaluator real(Signature call) {
    if (call.name().equals("PI")) {
      return new Evaluator.Constant(Math.PI);
    }
    if (call.size() == 2) {
      return ofTwo(call);
    }
    DoubleUnaryOperator function = ofOne(call.name());
    if (function == null || call.size() != 1) {
      return null;
    }
    return Strict.unary(
        call.argument(0),
        value -> checked(call, function.applyAsDouble(((Number) value).doubleValue()), value));
  }

  private static @Nullable DoubleUnaryOperator ofOne(String name) {
    return switch (name) {
      case "SQRT" -> Math::sqrt;
      case "CBRT" -> Math::cbrt;
      case "EXP" -> Math::exp;
      case "LN" -> Math::log;
      case "LOG10" -> Math::log10;
      case "LOG2" -> value -> Math.log(value) / Math.log(2);
      case "SIN" -> Math::sin;
      case "COS" -> Math::cos;
      case "TAN" -> Math::tan;
      case "COT" -> value -> 1 / Math.tan(value);
      case "ASIN" -> Math::asin;
      case "ACOS" -> Math::acos;
      case "ATAN" -> Math::atan;
      case "SINH" -> Math::sinh;
      case "COSH" -> Math::cosh;
      case "TANH" -> Math::tanh;
      case "DEGREES" -> Math::toDegrees;
      case "RADIANS" -> Math::toRadians;
      default -> null;
    };
  }

  private static @Nullable Evaluator ofTwo(Signature call) {
    return switch (call.name()) {
      case "POWER", "POW" -> ofTwo(call, Math::pow);
      case "ATAN2" -> ofTwo(call, Math::atan2);
      default -> null;
    };
  }

  private static Evaluator ofTwo(Signature call, DoubleBinaryOperator function) {
    return Strict.binary(
        call.argument(0),
        call.argument(1),
        (a, b) ->
            checked(
                call,
                function.applyAsDouble(((Number) a).doubleValue(), ((Number) b).doubleValue()),
                a));
  }

  /** A result that is no number although the argument is one is an error. */
  private static Object checked(Signature call, double result, Object argument) {
    if (!Double.isFinite(result) && Double.isFinite(((Number) argument).doubleValue())) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, call.name() + " has no value for " + argument);
    }
    return switch (ValueKind.of(call.type())) {
      case DOUBLE -> result;
      default -> ofType(BigDecimal.valueOf(result), call.type());
    };
  }
}
