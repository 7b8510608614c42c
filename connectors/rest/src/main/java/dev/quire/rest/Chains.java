package dev.quire.rest;

import dev.quire.rest.Conditions.Match;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The chains of pages that the conditions of a scan ask for: one for each value of a condition that
 * takes one value a request. Immutable.
 */
record Chains(TableSpec table, Conditions conditions) {

  Chains(TableSpec table) {
    this(table, new Conditions(table));
  }

  /** All combinations of one value for each condition. */
  List<List<Expression>> combinations(List<Expression> filters) {
    List<List<Expression>> combinations = List.of(List.of());
    for (Expression condition : filters) {
      List<Expression> choices = choices(condition);
      List<List<Expression>> longer = new ArrayList<>();
      for (List<Expression> before : combinations) {
        for (Expression choice : choices) {
          List<Expression> more = new ArrayList<>(before);
          more.add(choice);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations;
  }

  private List<Expression> choices(Expression condition) {
    Optional<Match> match = conditions.match(condition).filter(Match::isOnePerValue);
    if (match.isEmpty()) {
      return List.of(condition);
    }
    Expression column = ((Call) condition).arguments().get(0);
    return match.get().values().stream()
        .distinct()
        .<Expression>map(value -> Expression.call(Function.EQ, column, value))
        .toList();
  }

  Split split(ScanRequest accepted, List<Expression> filters) {
    return new Split(
        table.name(), accepted.withFilters(filters), label(filters, accepted.filters()), Map.of());
  }

  /** The values that tell a chain from its siblings. */
  private String label(List<Expression> filters, List<Expression> accepted) {
    return filters.stream()
        .filter(filter -> !accepted.contains(filter))
        .map(filter -> conditions.match(filter).orElseThrow())
        .map(match -> match.filter().column() + "=" + conditions.text(match))
        .collect(Collectors.joining(", "));
  }
}
