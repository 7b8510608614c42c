package dev.quire.engine.plan;

import dev.quire.engine.exec.eval.EvaluationContext;
import dev.quire.engine.exec.eval.ExpressionCompiler;
import dev.quire.engine.exec.eval.Literals;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Values of expressions without columns, by the evaluator that runs the residual. */
final class ConstantFolder {
  private final ExpressionCompiler compiler;

  ConstantFolder(RexBuilder builder, Instant now) {
    this.compiler = new ExpressionCompiler(builder, new EvaluationContext(now, List.of()));
  }

  /**
   * A value that is known.
   *
   * @param value null is SQL's NULL
   */
  record Known(@Nullable Object value) {}

  /**
   * The value, if the expression is constant and has one.
   *
   * @throws SourceException INVALID_VALUE for a literal that cannot be cast to what it is compared
   *     with: {@code createdon > 'yesterday'}
   */
  Optional<Known> fold(RexNode node) {
    if (node instanceof RexLiteral literal) {
      return Optional.of(new Known(Literals.value(literal)));
    }
    if (!RexUtil.isConstant(node) || !RexUtil.isDeterministic(node)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Known(compiler.compile(node).eval(new Object[0])));
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.INVALID_VALUE && isCastOfLiteral(node)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean isCastOfLiteral(RexNode node) {
    return node instanceof RexCall call
        && call.getKind() == SqlKind.CAST
        && call.getOperands().get(0) instanceof RexLiteral;
  }
}
