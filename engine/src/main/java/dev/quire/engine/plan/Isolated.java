package dev.quire.engine.plan;

import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * A comparison of a sum, a difference or a product with a constant, solved for what is not constant
 * in it: {@code x * 2 + 1 > 7} is {@code x * 2 > 6}, and then {@code x > 3}. Of whole numbers and
 * decimals, whose arithmetic is exact. Immutable.
 */
record Isolated(RexNode value, Function function, BigDecimal constant) {

  /** Empty for what is no such expression, or has no exact solution. */
  static Optional<Isolated> of(
      RexNode node, Function function, Object constant, ConstantFolder constants) {
    BigDecimal bound = exact(constant).orElse(null);
    if (bound == null || !(node instanceof RexCall call) || !isExact(call)) {
      return Optional.empty();
    }
    List<RexNode> operands = call.getOperands();
    if (call.getKind() == SqlKind.MINUS_PREFIX) {
      return Optional.of(new Isolated(operands.get(0), mirrored(function), bound.negate()));
    }
    BigDecimal left = number(operands.get(0), constants).orElse(null);
    BigDecimal right =
        operands.size() == 2 ? number(operands.get(1), constants).orElse(null) : null;
    if (right != null && left == null) {
      return ofLeft(call.getKind(), operands.get(0), function, bound, right);
    }
    return left != null && right == null && operands.size() == 2
        ? ofRight(call.getKind(), operands.get(1), function, bound, left)
        : Optional.empty();
  }

  private static Optional<Isolated> ofLeft(
      SqlKind kind, RexNode value, Function function, BigDecimal bound, BigDecimal by) {
    return switch (kind) {
      case PLUS -> Optional.of(new Isolated(value, function, bound.subtract(by)));
      case MINUS -> Optional.of(new Isolated(value, function, bound.add(by)));
      case TIMES -> factor(value, function, bound, by);
      default -> Optional.empty();
    };
  }

  private static Optional<Isolated> ofRight(
      SqlKind kind, RexNode value, Function function, BigDecimal bound, BigDecimal by) {
    return kind == SqlKind.MINUS
        ? Optional.of(new Isolated(value, mirrored(function), by.subtract(bound)))
        : ofLeft(kind, value, function, bound, by);
  }

  private static Optional<Isolated> factor(
      RexNode value, Function function, BigDecimal bound, BigDecimal by) {
    if (by.signum() == 0) {
      return Optional.empty();
    }
    Function same = by.signum() > 0 ? function : mirrored(function);
    return Optional.ofNullable(quotient(value.getType(), same, bound, by))
        .map(quotient -> new Isolated(value, same, quotient));
  }

  /** A bound of whole numbers may be rounded to the next whole one; others must have an end. */
  private static @Nullable BigDecimal quotient(
      RelDataType type, Function function, BigDecimal bound, BigDecimal by) {
    if (SqlTypeUtil.isIntType(type)) {
      switch (function) {
        case LT, GE:
          return bound.divide(by, 0, RoundingMode.CEILING);
        case GT, LE:
          return bound.divide(by, 0, RoundingMode.FLOOR);
        default:
          break;
      }
    }
    try {
      return bound.divide(by);
    } catch (ArithmeticException endless) {
      return null;
    }
  }

  private static boolean isExact(RexCall call) {
    return SqlTypeUtil.isExactNumeric(call.getType())
        && call.getOperands().stream().allMatch(each -> SqlTypeUtil.isExactNumeric(each.getType()));
  }

  /** The number that an expression always is; empty if it is none, or not an exact one. */
  static Optional<BigDecimal> number(RexNode node, ConstantFolder constants) {
    return constants
        .fold(node)
        .flatMap(known -> Optional.ofNullable(known.value()))
        .flatMap(Isolated::exact);
  }

  static Optional<BigDecimal> exact(Object value) {
    return value instanceof Integer || value instanceof Long || value instanceof BigDecimal
        ? Optional.of(new BigDecimal(value.toString()))
        : Optional.empty();
  }

  /** The comparison with its sides exchanged, or with both negated. */
  static Function mirrored(Function function) {
    return switch (function) {
      case LT -> Function.GT;
      case LE -> Function.GE;
      case GT -> Function.LT;
      case GE -> Function.LE;
      default -> function;
    };
  }
}
