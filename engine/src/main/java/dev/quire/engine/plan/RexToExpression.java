package dev.quire.engine.plan;

import dev.quire.engine.plan.ConstantFolder.Known;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
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
import org.jspecify.annotations.Nullable;

/**
 * Conditions of a plan as sources understand them. What cannot be said exactly is not said: the
 * answer is then empty. For one scan.
 */
final class RexToExpression {
  private final List<Column> columns;
  private final ConstantFolder constants;
  private final RexBuilder builder;
  private final ColumnValues values;

  /** References in the conditions are indexes into these columns. */
  RexToExpression(List<Column> columns, ConstantFolder constants, RexBuilder builder) {
    this.columns = columns;
    this.constants = constants;
    this.builder = builder;
    this.values = new ColumnValues(this::column, constants);
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
   * A weaker condition that may be added: for {@code LIKE 'abc%x_'}, begins with abc. Empty when
   * {@link #translate} says all, or nothing can be said.
   */
  Optional<Expression> narrowing(RexNode node) {
    if (!(node instanceof RexCall call) || call.getKind() != SqlKind.LIKE) {
      return Optional.empty();
    }
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
    return compare(function, left, right).or(() -> compare(mirrored(function), right, left));
  }

  private Optional<Expression> compare(Function function, RexNode value, RexNode other) {
    Optional<Expression.ColumnRef> column = column(value);
    if (column.isPresent()) {
      return constant(column.get(), other)
          .map(constant -> Expression.call(function, column.get(), constant));
    }
    Object known = constants.fold(other).map(Known::value).orElse(null);
    return known == null
        ? Optional.empty()
        : Steps.of(value, this::column)
            .flatMap(steps -> steps.compare(function, known))
            .or(() -> compare(function, value, known));
  }

  private Optional<Expression> compare(Function function, RexNode node, Object known) {
    return values
        .of(node)
        .flatMap(
            value ->
                ColumnValues.constant(value, known)
                    .map(constant -> Expression.call(function, value, constant)));
  }

  private static Function mirrored(Function function) {
    return switch (function) {
      case LT -> Function.GT;
      case LE -> Function.GE;
      case GT -> Function.LT;
      case GE -> Function.LE;
      default -> function;
    };
  }

  private Optional<Expression> constant(Expression.ColumnRef column, RexNode node) {
    Optional<Known> known = constants.fold(node);
    Object value = known.isEmpty() ? null : known.get().value();
    return value == null
        ? Optional.empty()
        : ValueConversion.exactly(value, column.type().kind())
            .map(exact -> new Expression.Constant(exact, column.type()));
  }

  private Expression.ColumnRef reference(RexInputRef ref) {
    Column column = columns.get(ref.getIndex());
    return new Expression.ColumnRef(column.name(), column.type());
  }

  /** A column, also inside casts that change no value and no order. */
  Optional<Expression.ColumnRef> column(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return Optional.of(reference(ref));
    }
    if (node instanceof RexCall call
        && call.getKind() == SqlKind.CAST
        && preserves(call.getOperands().get(0).getType(), call.getType())) {
      return column(call.getOperands().get(0));
    }
    return Optional.empty();
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
    Object pattern = text(call.getOperands().get(1));
    Object escape = call.getOperands().size() > 2 ? text(call.getOperands().get(2)) : "";
    return sensitive
            && value.isPresent()
            && pattern instanceof String p
            && escape instanceof String e
        ? LikeParts.parse(value.get(), p, e)
        : Optional.empty();
  }

  private @Nullable Object text(RexNode node) {
    Optional<Known> known = constants.fold(node);
    return known.isEmpty() ? null : known.get().value();
  }

  private Optional<Expression> like(LikeParts parts) {
    return Optional.of(
        Expression.call(
            parts.function(),
            parts.value(),
            new Expression.Constant(parts.literal(), DataType.VARCHAR)));
  }
}
