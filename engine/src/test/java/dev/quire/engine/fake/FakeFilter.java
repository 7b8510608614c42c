package dev.quire.engine.fake;

import dev.quire.spi.Expression;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Equality and IN over columns and constants, as a source would do them. */
final class FakeFilter {
  private FakeFilter() {}

  static boolean supports(Expression filter) {
    return filter instanceof Expression.Call call
        && (call.function() == Expression.Function.EQ || call.function() == Expression.Function.IN)
        && call.arguments().get(0) instanceof Expression.ColumnRef
        && call.arguments().stream().skip(1).noneMatch(Expression.ColumnRef.class::isInstance);
  }

  static boolean holds(Expression filter, Function<String, @Nullable Object> row) {
    Expression.Call call = (Expression.Call) filter;
    Object value = row.apply(((Expression.ColumnRef) call.arguments().get(0)).name());
    return value != null
        && call.arguments().stream()
            .skip(1)
            .anyMatch(each -> value.equals(((Expression.Constant) each).value()));
  }
}
