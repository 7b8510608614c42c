package dev.quire.odata.query;

import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import java.util.stream.Stream;

/** Knows which conditions no row with a null passes, so that the place of nulls does not matter. */
public final class NullRejection {
  private NullRejection() {}

  /** Whether this condition is never true where the column is null. */
  public static boolean rejects(Expression filter, String column) {
    if (!(filter instanceof Call call)) {
      return filter instanceof ColumnRef ref && ref.name().equals(column);
    }
    Stream<Expression> arguments = call.arguments().stream();
    return switch (call.function()) {
      case AND -> arguments.anyMatch(each -> rejects(each, column));
      case OR -> arguments.allMatch(each -> rejects(each, column));
      case NOT, IS_NULL -> false;
      case LOWER, UPPER, MONTH, DAY, HOUR, MINUTE, SECOND, MOD, LENGTH, TRIM, CONCAT ->
          isColumn(call, column);
      case IN, STARTS_WITH, ENDS_WITH, CONTAINS -> isColumn(call.arguments().get(0), column);
      case IS_NOT_NULL, EQ, NE, LT, LE, GT, GE ->
          arguments.anyMatch(each -> isColumn(each, column));
    };
  }

  /** Whether a value is null where the column is: the column itself, or a function of it. */
  private static boolean isColumn(Expression value, String column) {
    if (value instanceof Call call) {
      return switch (call.function()) {
        case LOWER, UPPER, MONTH, DAY, HOUR, MINUTE, SECOND, MOD, LENGTH, TRIM, CONCAT ->
            call.arguments().stream().anyMatch(each -> isColumn(each, column));
        default -> false;
      };
    }
    return value instanceof ColumnRef ref && ref.name().equals(column);
  }
}
