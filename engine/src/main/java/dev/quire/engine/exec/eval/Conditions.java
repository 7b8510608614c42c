package dev.quire.engine.exec.eval;

import dev.quire.spi.Expression;
import java.util.List;

/** Conditions of simple statements to evaluators, as {@link ExpressionCompiler} makes them. */
public final class Conditions {
  private Conditions() {}

  /**
   * Whether all hold.
   *
   * @param conditions comparisons of a column with a constant, one at least
   * @param columns of the rows, by name
   */
  public static Evaluator of(List<Expression> conditions, List<String> columns) {
    List<Evaluator> all = conditions.stream().map(each -> of(each, columns)).toList();
    return all.size() == 1 ? all.get(0) : Logic.and(all);
  }

  private static Evaluator of(Expression condition, List<String> columns) {
    if (!(condition instanceof Expression.Call call)
        || !(call.arguments().get(0) instanceof Expression.ColumnRef column)
        || !(call.arguments().get(1) instanceof Expression.Constant constant)) {
      throw new IllegalArgumentException("no comparison: " + condition);
    }
    Evaluator left = new Evaluator.Column(columns.indexOf(column.name()));
    Evaluator right = new Evaluator.Constant(constant.value());
    return switch (call.function()) {
      case EQ -> Comparisons.equal(left, right);
      case NE -> Comparisons.notEqual(left, right);
      case LT -> Comparisons.ordered(left, right, order -> order < 0);
      case LE -> Comparisons.ordered(left, right, order -> order <= 0);
      case GT -> Comparisons.ordered(left, right, order -> order > 0);
      case GE -> Comparisons.ordered(left, right, order -> order >= 0);
      default -> throw new IllegalArgumentException("no comparison: " + condition);
    };
  }
}
