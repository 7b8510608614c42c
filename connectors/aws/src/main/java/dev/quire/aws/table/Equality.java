package dev.quire.aws.table;

import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A filter that gives a column one value or one of several.
 *
 * @param values constants or placeholders, without duplicates
 */
record Equality(String column, List<Expression> values) {

  static Optional<Equality> of(Expression filter) {
    if (!(filter instanceof Call call)
        || (call.function() != Function.EQ && call.function() != Function.IN)
        || !(call.arguments().get(0) instanceof ColumnRef column)) {
      return Optional.empty();
    }
    Set<Expression> values =
        new LinkedHashSet<>(call.arguments().subList(1, call.arguments().size()));
    boolean known = values.stream().allMatch(Equality::isValue);
    return known ? Optional.of(new Equality(column.name(), List.copyOf(values))) : Optional.empty();
  }

  private static boolean isValue(Expression value) {
    return value instanceof Placeholder
        || value instanceof Constant constant && constant.value() != null;
  }

  /** Whether the values are keys of a join that are not known yet, and more than one. */
  boolean isBatchOfKeys() {
    return values.size() > 1 && values.stream().anyMatch(Placeholder.class::isInstance);
  }
}
