package dev.quire.engine.exec.eval;

import com.google.common.collect.Range;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/** Comparisons of two values, and membership in a set of constants. */
final class Comparisons {
  private Comparisons() {}

  static Evaluator compare(SqlKind kind, Evaluator left, Evaluator right) {
    return switch (kind) {
      case EQUALS -> equal(left, right);
      case NOT_EQUALS -> notEqual(left, right);
      case LESS_THAN -> ordered(left, right, order -> order < 0);
      case LESS_THAN_OR_EQUAL -> ordered(left, right, order -> order <= 0);
      case GREATER_THAN -> ordered(left, right, order -> order > 0);
      case GREATER_THAN_OR_EQUAL -> ordered(left, right, order -> order >= 0);
      default -> throw new IllegalArgumentException(kind.name());
    };
  }

  static Evaluator equal(Evaluator left, Evaluator right) {
    return Strict.binary(left, right, ValueOrder::equal);
  }

  static Evaluator notEqual(Evaluator left, Evaluator right) {
    return Strict.binary(left, right, (a, b) -> !ValueOrder.equal(a, b));
  }

  static Evaluator ordered(Evaluator left, Evaluator right, IntPredicate holds) {
    return Strict.binary(left, right, (a, b) -> holds.test(ValueOrder.compare(a, b)));
  }

  /** IS NOT DISTINCT FROM. */
  static Evaluator same(Evaluator left, Evaluator right) {
    return row -> same(left.eval(row), right.eval(row));
  }

  private static boolean same(@Nullable Object a, @Nullable Object b) {
    return (a == null || b == null) ? a == b : ValueOrder.equal(a, b);
  }

  /** Whether a set of constants is a list of points, or everything but those. */
  static boolean isSetOfPoints(Sarg<?> sarg) {
    return sarg.isPoints() || sarg.isComplementedPoints();
  }

  /** Membership in a set of points, by hash. */
  static Evaluator points(Evaluator argument, Sarg<?> sarg, RelDataType type, RexBuilder builder) {
    boolean complemented = !sarg.isPoints();
    Set<Object> points = new HashSet<>();
    Sarg<?> listed = complemented ? sarg.negate() : sarg;
    for (Range<?> range : listed.rangeSet.asRanges()) {
      RexNode literal = builder.makeLiteral(range.lowerEndpoint(), type, true, true);
      Object value = literal instanceof RexLiteral plain ? Literals.value(plain) : null;
      Object key = ValueKey.normalize(value);
      if (key != null) {
        points.add(key);
      }
    }
    Boolean unknown = sarg.nullAs == RexUnknownAs.UNKNOWN ? null : sarg.nullAs.toBoolean();
    return row -> {
      Object value = ValueKey.normalize(argument.eval(row));
      return value == null ? unknown : (Boolean) (points.contains(value) != complemented);
    };
  }
}
