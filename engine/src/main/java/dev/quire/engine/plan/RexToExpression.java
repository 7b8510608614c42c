package dev.quire.engine.plan;

import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Conditions of a plan as sources understand them. What cannot be said exactly is not said: the
 * answer is then empty. For one scan.
 */
final class RexToExpression {
  private final List<Column> columns;
  private final ConstantFolder constants;
  private final RexBuilder builder;
  private final ColumnValues values;
  private final TextParts texts;

  /** References in the conditions are indexes into these columns. */
  RexToExpression(List<Column> columns, ConstantFolder constants, RexBuilder builder) {
    this.columns = columns;
    this.constants = constants;
    this.builder = builder;
    this.values = new ColumnValues(this::column, constants);
    this.texts = new TextParts(this::column, constants);
  }

  Optional<Expression> translate(RexNode node) {
    if (node instanceof RexInputRef ref) {
      Column column = columns.get(ref.getIndex());
      return column.type().kind() == DataType.Kind.BOOLEAN
          ? Optional.of(
              Expression.call(
                  Function.EQ, reference(ref), new Expression.Constant(true, DataType.BOOLEAN)))
          : Optional.empty();
    }
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getKind()) {
      case AND -> all(Function.AND, RexUtil.flattenAnd(call.getOperands()));
      case OR -> or(RexUtil.flattenOr(call.getOperands()));
      case NOT -> not(call.getOperands().get(0));
      case SEARCH -> translate(RexUtil.expandSearch(builder, null, call));
      case IS_NULL -> test(Function.IS_NULL, call.getOperands().get(0));
      case IS_NOT_NULL -> test(Function.IS_NOT_NULL, call.getOperands().get(0));
      case EQUALS -> compare(Function.EQ, call);
      case NOT_EQUALS -> compare(Function.NE, call);
      case LESS_THAN -> compare(Function.LT, call);
      case LESS_THAN_OR_EQUAL -> compare(Function.LE, call);
      case GREATER_THAN -> compare(Function.GT, call);
      case GREATER_THAN_OR_EQUAL -> compare(Function.GE, call);
      case LIKE -> like(call).filter(LikeParts::isWhole).flatMap(this::like);
      default -> Optional.empty();
    };
  }

  /** A condition at the top of a filter, where unknown is as good as false. */
  Optional<Expression> translateTop(RexNode node) {
    if (node instanceof RexCall call) {
      RexNode first = call.getOperands().isEmpty() ? call : call.getOperands().get(0);
      if (call.getKind() == SqlKind.IS_TRUE) {
        return translateTop(first);
      }
      if (call.getKind() == SqlKind.EQUALS && first.equals(call.getOperands().get(1))) {
        return test(Function.IS_NOT_NULL, first);
      }
    }
    return translate(node);
  }

  /**
   * A weaker condition that may be added: for {@code LIKE 'abc%x_'}, begins with abc; for {@code
   * SUBSTRING(x, 3, 2) = 'ab'}, contains ab. Empty when {@link #translate} says all, or nothing can
   * be said.
   */
  Optional<Expression> narrowing(RexNode node) {
    if (!(node instanceof RexCall call)) {
      return Optional.empty();
    }
    return switch (call.getKind()) {
      case LIKE -> prefix(call);
      case EQUALS -> part(Function.EQ, call);
      case GREATER_THAN -> part(Function.GT, call);
      case GREATER_THAN_OR_EQUAL -> part(Function.GE, call);
      default -> Optional.empty();
    };
  }

  private Optional<Expression> part(Function function, RexCall call) {
    RexNode value = bare(call.getOperands().get(0));
    return known(call.getOperands().get(1))
        .flatMap(known -> texts.narrowing(function, value, known));
  }

  private Optional<Expression> prefix(RexCall call) {
    return like(call)
        .filter(parts -> !parts.isWhole() && !parts.prefix().isEmpty())
        .map(
            parts ->
                Expression.call(
                    Function.STARTS_WITH,
                    parts.value(),
                    new Expression.Constant(parts.prefix(), DataType.VARCHAR)));
  }

  private Optional<Expression> all(Function function, List<RexNode> nodes) {
    List<Expression> parts = new ArrayList<>();
    for (RexNode node : nodes) {
      Optional<Expression> part = translate(node);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return joined(function, parts);
  }

  /** A search for no value at all expands to an OR of nothing, which no source is asked. */
  private static Optional<Expression> joined(Function function, List<Expression> parts) {
    return switch (parts.size()) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(parts.get(0));
      default -> Optional.of(new Expression.Call(function, parts));
    };
  }

  /** Equalities of one column come together as one IN. */
  private Optional<Expression> or(List<RexNode> nodes) {
    Map<Expression, List<Expression>> values = new LinkedHashMap<>();
    List<Expression> parts = new ArrayList<>();
    for (RexNode node : nodes) {
      Optional<Expression> part = translate(node);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      boolean isEquality =
          part.get() instanceof Expression.Call call
              && (call.function() == Function.EQ || call.function() == Function.IN);
      if (isEquality) {
        List<Expression> arguments = ((Expression.Call) part.get()).arguments();
        values
            .computeIfAbsent(arguments.get(0), any -> new ArrayList<>())
            .addAll(arguments.subList(1, arguments.size()));
      } else {
        parts.add(part.get());
      }
    }
    values.forEach((column, constants) -> parts.add(in(column, constants)));
    return joined(Function.OR, parts);
  }

  static Expression in(Expression column, List<Expression> constants) {
    List<Expression> distinct = constants.stream().distinct().toList();
    if (distinct.size() == 1) {
      return Expression.call(Function.EQ, column, distinct.get(0));
    }
    List<Expression> arguments = new ArrayList<>();
    arguments.add(column);
    arguments.addAll(distinct);
    return new Expression.Call(Function.IN, arguments);
  }

  private Optional<Expression> not(RexNode operand) {
    if (operand instanceof RexInputRef ref
        && columns.get(ref.getIndex()).type().kind() == DataType.Kind.BOOLEAN) {
      return Optional.of(
          Expression.call(
              Function.EQ, reference(ref), new Expression.Constant(false, DataType.BOOLEAN)));
    }
    return translate(operand).map(inner -> Expression.call(Function.NOT, inner));
  }

  private Optional<Expression> test(Function function, RexNode operand) {
    return column(operand).map(column -> Expression.call(function, column));
  }

  private Optional<Expression> compare(Function function, RexCall call) {
    RexNode left = call.getOperands().get(0);
    RexNode right = call.getOperands().get(1);
    return compare(function, left, right)
        .or(() -> compare(Isolated.mirrored(function), right, left));
  }

  private Optional<Expression> compare(Function function, RexNode value, RexNode other) {
    return known(other).flatMap(known -> compare(function, value, known));
  }

  private Optional<Expression> compare(Function function, RexNode node, Object known) {
    Optional<Expression.ColumnRef> column = column(node);
    if (column.isPresent()) {
      return compare(function, column.get(), known);
    }
    RexNode value = bare(node);
    return Steps.of(value, this::column)
        .flatMap(steps -> steps.compare(function, known))
        .or(
            () ->
                NumberSteps.of(value, this::column, constants)
                    .flatMap(steps -> steps.compare(function, known)))
        .or(() -> texts.compare(function, value, known))
        .or(
            () ->
                Isolated.of(value, function, known, constants)
                    .flatMap(each -> compare(each.function(), each.value(), each.constant())))
        .or(() -> values.compare(function, value, known));
  }

  private static Optional<Expression> compare(
      Function function, Expression.ColumnRef column, Object known) {
    Optional<Expression> exact =
        ValueConversion.exactly(known, column.type().kind())
            .map(
                value ->
                    Expression.call(
                        function, column, new Expression.Constant(value, column.type())));
    boolean ordered = function != Function.EQ && function != Function.NE;
    return exact.isEmpty() && ordered && known instanceof BigDecimal
        ? NumberSteps.ofWhole(column).flatMap(steps -> steps.compare(function, known))
        : exact;
  }

  private Expression.ColumnRef reference(RexInputRef ref) {
    Column column = columns.get(ref.getIndex());
    return new Expression.ColumnRef(column.name(), column.type());
  }

  /** A column, also inside casts that change no value and no order. */
  Optional<Expression.ColumnRef> column(RexNode node) {
    return bare(node) instanceof RexInputRef ref ? Optional.of(reference(ref)) : Optional.empty();
  }

  private static RexNode bare(RexNode node) {
    return node instanceof RexCall call
            && call.getKind() == SqlKind.CAST
            && preserves(call.getOperands().get(0).getType(), call.getType())
        ? bare(call.getOperands().get(0))
        : node;
  }

  private static boolean preserves(RelDataType from, RelDataType to) {
    SqlTypeName source = from.getSqlTypeName();
    SqlTypeName target = to.getSqlTypeName();
    return switch (source) {
      case TINYINT, SMALLINT, INTEGER ->
          target == SqlTypeName.BIGINT
              || target == SqlTypeName.DOUBLE
              || target == source
              || (target == SqlTypeName.INTEGER)
              || isWide(to, 10);
      case BIGINT -> target == source || isWide(to, 19);
      case DECIMAL -> SqlTypes.isUnbounded(to);
      case REAL -> target == SqlTypeName.DOUBLE || target == SqlTypeName.FLOAT || target == source;
      case DOUBLE, FLOAT -> target == SqlTypeName.DOUBLE || target == SqlTypeName.FLOAT;
      case VARCHAR ->
          target == source
              && (to.getPrecision() < 0
                  || (from.getPrecision() >= 0 && to.getPrecision() >= from.getPrecision()));
      case DATE ->
          target == source
              || target == SqlTypeName.TIMESTAMP
              || target == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
      case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          (target == SqlTypeName.TIMESTAMP || target == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
              && to.getPrecision() >= from.getPrecision();
      default -> target == source && to.getPrecision() == from.getPrecision();
    };
  }

  private static boolean isWide(RelDataType to, int digits) {
    return to.getSqlTypeName() == SqlTypeName.DECIMAL
        && to.getPrecision() - to.getScale() >= digits;
  }

  private Optional<LikeParts> like(RexCall call) {
    boolean sensitive =
        call.getOperator() instanceof SqlLikeOperator like
            && like.isCaseSensitive()
            && !like.isNegated();
    RexNode text = call.getOperands().get(0);
    Optional<Expression> value =
        column(text)
            .filter(each -> each.type().kind() == DataType.Kind.VARCHAR)
            .<Expression>map(each -> each)
            .or(() -> values.of(text));
    Object pattern = known(call.getOperands().get(1)).orElse(null);
    Object escape =
        call.getOperands().size() > 2 ? known(call.getOperands().get(2)).orElse(null) : "";
    return sensitive
            && value.isPresent()
            && pattern instanceof String p
            && escape instanceof String e
        ? LikeParts.parse(value.get(), p, e)
        : Optional.empty();
  }

  private Optional<Object> known(RexNode node) {
    return constants.fold(node).flatMap(known -> Optional.ofNullable(known.value()));
  }

  private Optional<Expression> like(LikeParts parts) {
    return Optional.of(
        Expression.call(
            parts.function(),
            parts.value(),
            new Expression.Constant(parts.literal(), DataType.VARCHAR)));
  }
}
