package dev.quire.odata;

import dev.quire.odata.metadata.KeyText;
import dev.quire.odata.metadata.Relation;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows whose collections a scan wants, where its filters name them. Immutable.
 *
 * @param keys of those rows, each once
 * @param filters the places of the filters that name them
 */
record ParentKeys(List<List<Object>> keys, Set<Integer> filters) {
  private static final int MOST = 10_000;

  /** Empty unless every part of the parent's key is given. */
  static Optional<ParentKeys> of(Relation relation, List<Expression> filters) {
    List<List<Object>> keys = List.of(List.of());
    Set<Integer> used = new LinkedHashSet<>();
    for (String column : relation.parentColumns()) {
      DataType type = relation.schema().findColumn(column).orElseThrow().type();
      Optional<Set<Object>> values = Optional.empty();
      for (int i = 0; i < filters.size() && values.isEmpty(); i++) {
        values = values(filters.get(i), column, type);
        if (values.isPresent()) {
          used.add(i);
        }
      }
      if (values.isEmpty() || (long) keys.size() * values.get().size() > MOST) {
        return Optional.empty();
      }
      keys = combined(keys, values.get());
    }
    return Optional.of(new ParentKeys(keys, used));
  }

  private static List<List<Object>> combined(List<List<Object>> keys, Set<Object> values) {
    List<List<Object>> all = new ArrayList<>();
    for (List<Object> key : keys) {
      for (Object value : values) {
        List<Object> longer = new ArrayList<>(key);
        longer.add(value);
        all.add(List.copyOf(longer));
      }
    }
    return List.copyOf(all);
  }

  /**
   * The values that a filter leaves to a column. A list of keys that a join will supply is none:
   * one look-up for each of them lets the engine run several side by side.
   */
  private static Optional<Set<Object>> values(Expression filter, String column, DataType type) {
    if (!(filter instanceof Call call)
        || (call.function() != Function.EQ && call.function() != Function.IN)
        || !(call.arguments().get(0) instanceof ColumnRef ref)
        || !ref.name().equals(column)) {
      return Optional.empty();
    }
    Set<Object> values = new LinkedHashSet<>();
    for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
      Optional<Object> value =
          argument instanceof Placeholder && call.arguments().size() == 2
              ? Optional.of(argument)
              : value(argument, type);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(values);
  }

  /** A constant in the class of the column. */
  private static Optional<Object> value(Expression expression, DataType type) {
    if (!(expression instanceof Constant constant) || constant.value() == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(KeyText.read(KeyText.write(constant.value()), type));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** The filters that say something else. */
  List<Expression> others(List<Expression> all) {
    List<Expression> others = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!filters.contains(i)) {
        others.add(all.get(i));
      }
    }
    return others;
  }
}
