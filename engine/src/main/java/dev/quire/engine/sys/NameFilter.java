package dev.quire.engine.sys;

import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on names, which are never NULL, judged while only some of the names are known: a
 * source that no condition can let through is not asked for its tables. And the columns that are
 * wanted of the rows. Immutable.
 */
final class NameFilter {
  private final List<Expression> filters;
  private final Set<String> columns;

  NameFilter(List<Expression> filters, List<String> columns) {
    this.filters = List.copyOf(filters);
    this.columns = Set.copyOf(columns);
  }

  /** Whether anybody will see this column of the rows. */
  boolean wants(String column) {
    return columns.contains(column);
  }

  /** Whether the conditions say which names this column may have, and not only which it may not. */
  boolean names(String column) {
    String nameOfNothing = "\0";
    return !canHold(Map.of(column, nameOfNothing));
  }

  /** EXACT for a condition that {@link #canHold} decides once these columns are known. */
  static Fidelity judge(Expression filter, Set<String> columns) {
    return isKnown(filter, columns) ? Fidelity.EXACT : Fidelity.NONE;
  }

  private static boolean isKnown(Expression filter, Set<String> columns) {
    if (!(filter instanceof Call call)) {
      return false;
    }
    return switch (call.function()) {
      case AND, OR, NOT -> call.arguments().stream().allMatch(each -> isKnown(each, columns));
      case EQ, NE, IN, STARTS_WITH ->
          call.arguments().get(0) instanceof ColumnRef column
              && columns.contains(column.name())
              && call.arguments().stream().skip(1).allMatch(NameFilter::isText);
      default -> false;
    };
  }

  private static boolean isText(Expression value) {
    return value instanceof Placeholder
        || (value instanceof Constant constant && constant.value() instanceof String);
  }

  /** Whether a row with these names can meet every condition, whatever its other names are. */
  boolean canHold(Map<String, String> names) {
    return filters.stream().allMatch(filter -> canBe(filter, true, names));
  }

  private static boolean canBe(Expression filter, boolean outcome, Map<String, String> names) {
    Call call = (Call) filter;
    return switch (call.function()) {
      case NOT -> canBe(call.arguments().get(0), !outcome, names);
      case AND -> joined(call, outcome, outcome, names);
      case OR -> joined(call, !outcome, outcome, names);
      default -> {
        String name = names.get(((ColumnRef) call.arguments().get(0)).name());
        yield name == null || holds(call, name) == outcome;
      }
    };
  }

  private static boolean joined(
      Call call, boolean all, boolean outcome, Map<String, String> names) {
    return all
        ? call.arguments().stream().allMatch(each -> canBe(each, outcome, names))
        : call.arguments().stream().anyMatch(each -> canBe(each, outcome, names));
  }

  private static boolean holds(Call call, String name) {
    List<Expression> values = call.arguments().subList(1, call.arguments().size());
    return switch (call.function()) {
      case NE -> !name.equals(text(values.get(0)));
      case STARTS_WITH -> name.startsWith(String.valueOf(text(values.get(0))));
      default -> values.stream().anyMatch(value -> name.equals(text(value)));
    };
  }

  private static @Nullable String text(Expression value) {
    return (String) ((Constant) value).value();
  }
}
