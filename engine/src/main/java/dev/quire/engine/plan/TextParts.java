package dev.quire.engine.plan;

import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on a part of one text, as conditions on the whole that sources know: it begins with,
 * ends with, contains, is. Positions never leave the engine, because sources count them in units of
 * their own. Immutable.
 */
record TextParts(
    java.util.function.Function<RexNode, Optional<ColumnRef>> columns, ConstantFolder constants) {

  /** The same condition in other words; empty if there are none. */
  Optional<Expression> compare(Function function, RexNode node, Object constant) {
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getOperator().getName()) {
      case "SUBSTRING", "LEFT", "RIGHT" -> part(function, call, constant);
      case "POSITION" -> position(function, call, constant);
      case "CHAR_LENGTH" -> empty(function, call, constant);
      default -> Optional.empty();
    };
  }

  /** A condition that holds wherever this one does, though not only there. */
  Optional<Expression> narrowing(Function function, RexNode node, Object constant) {
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    List<RexNode> operands = call.getOperands();
    return switch (call.getOperator().getName()) {
      case "SUBSTRING" ->
          function == Function.EQ
              ? search(Function.CONTAINS, operands.get(0), constant)
              : Optional.empty();
      case "POSITION" -> {
        int above = Isolated.exact(constant).map(BigDecimal::signum).orElse(0);
        boolean found =
            above > 0
                && (function == Function.EQ || function == Function.GT || function == Function.GE);
        yield found
            ? search(Function.CONTAINS, operands.get(1), text(operands.get(0)))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Expression> part(Function function, RexCall call, Object constant) {
    List<RexNode> operands = call.getOperands();
    boolean substring = call.getOperator().getName().equals("SUBSTRING");
    boolean last = call.getOperator().getName().equals("RIGHT");
    Integer length = number(operands.get(operands.size() - 1));
    boolean known =
        operands.size() == (substring ? 3 : 2)
            && (!substring || Integer.valueOf(1).equals(number(operands.get(1))));
    if (!known || length == null || length <= 0 || !(constant instanceof String text)) {
      return Optional.empty();
    }
    int points = text.codePointCount(0, text.length());
    Optional<Expression> equal =
        points < length
            ? column(operands.get(0)).map(column -> is(Function.EQ, column, text))
            : points == length
                ? search(last ? Function.ENDS_WITH : Function.STARTS_WITH, operands.get(0), text)
                : Optional.empty();
    return switch (function) {
      case EQ -> equal;
      case NE -> equal.map(each -> Expression.call(Function.NOT, each));
      default -> Optional.empty();
    };
  }

  private Optional<Expression> position(Function function, RexCall call, Object constant) {
    Integer place = Isolated.exact(constant).flatMap(TextParts::small).orElse(null);
    if (place == null || place < 0 || place > 1 || call.getOperands().size() != 2) {
      return Optional.empty();
    }
    RexNode whole = call.getOperands().get(1);
    Object part = text(call.getOperands().get(0));
    if (place == 1 && (function == Function.EQ || function == Function.NE)) {
      return search(Function.STARTS_WITH, whole, part).map(each -> orNot(each, function));
    }
    return aboveZero(function, place)
        .flatMap(
            found ->
                search(Function.CONTAINS, whole, part)
                    .map(each -> found ? each : Expression.call(Function.NOT, each)));
  }

  private static Expression orNot(Expression equal, Function function) {
    return function == Function.EQ ? equal : Expression.call(Function.NOT, equal);
  }

  private Optional<Expression> empty(Function function, RexCall call, Object constant) {
    return Isolated.exact(constant)
        .flatMap(TextParts::small)
        .flatMap(length -> aboveZero(function, length))
        .flatMap(
            some ->
                column(call.getOperands().get(0))
                    .map(column -> is(some ? Function.NE : Function.EQ, column, "")));
  }

  /** Whether a number that is never negative is to be above 0, or 0; empty if that is not asked. */
  private static Optional<Boolean> aboveZero(Function function, int bound) {
    return switch (function) {
      case GT, NE -> bound == 0 ? Optional.of(true) : Optional.empty();
      case GE -> bound == 1 ? Optional.of(true) : Optional.empty();
      case EQ, LE -> bound == 0 ? Optional.of(false) : Optional.empty();
      case LT -> bound == 1 ? Optional.of(false) : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** Half of a pair of surrogates may be found where the character is not. */
  private Optional<Expression> search(Function function, RexNode whole, @Nullable Object part) {
    boolean faithful =
        part instanceof String text
            && !text.isEmpty()
            && text.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff);
    return faithful
        ? column(whole).map(column -> is(function, column, String.valueOf(part)))
        : Optional.empty();
  }

  private static Expression is(Function function, ColumnRef column, String text) {
    return Expression.call(function, column, new Constant(text, DataType.VARCHAR));
  }

  private Optional<ColumnRef> column(RexNode node) {
    return columns.apply(node).filter(column -> column.type().kind() == DataType.Kind.VARCHAR);
  }

  private @Nullable Integer number(RexNode node) {
    return Isolated.number(node, constants).flatMap(TextParts::small).orElse(null);
  }

  private static Optional<Integer> small(BigDecimal number) {
    return ValueConversion.exactly(number, DataType.Kind.INTEGER).map(Integer.class::cast);
  }

  private @Nullable Object text(RexNode node) {
    return constants.fold(node).map(ConstantFolder.Known::value).orElse(null);
  }
}
