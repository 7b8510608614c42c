package dev.quire.aws;

import dev.quire.aws.model.OperationModel.RowOrder;
import dev.quire.aws.table.OperationTable;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which filters end a chain early: bounds on the moment by which the service orders its rows. */
final class EarlyStops {
  private EarlyStops() {}

  /** Whether a filter bounds the end of the chain. */
  static boolean bounds(OperationTable table, Expression filter) {
    Optional<RowOrder> order = table.operation().order();
    return order.isPresent()
        && filter instanceof Call call
        && isFarEnd(call.function(), order.get().descending())
        && call.arguments().get(0) instanceof ColumnRef column
        && column.name().equals(order.get().member())
        && (call.arguments().get(1) instanceof Placeholder
            || (call.arguments().get(1) instanceof Constant constant
                && constant.value() instanceof Instant));
  }

  private static boolean isFarEnd(Function function, boolean descending) {
    return descending
        ? function == Function.GE || function == Function.GT
        : function == Function.LE || function == Function.LT;
  }

  /** The end of a chain with these filters, if they give one. */
  static Optional<EarlyStop> of(OperationTable table, List<Expression> filters) {
    for (Expression filter : filters) {
      if (bounds(table, filter)
          && ((Call) filter).arguments().get(1) instanceof Constant constant
          && constant.value() instanceof Instant bound) {
        RowOrder order = table.operation().order().orElseThrow();
        return Optional.of(new EarlyStop(order.member(), order.descending(), bound));
      }
    }
    return Optional.empty();
  }
}
