package dev.quire.rest;

import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.FilterSpec;
import dev.quire.rest.spec.Moment;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The conditions of a statement that a table's API can be asked for. Immutable. */
record Conditions(TableSpec table) {

  /** A condition and the filter that carries it. */
  record Match(FilterSpec filter, List<Expression> values) {

    /** Whether each value needs a request of its own. */
    boolean isOnePerValue() {
      return values.size() > 1 && filter.separator().isEmpty();
    }
  }

  /** The filter for a condition, if there is one. */
  Optional<Match> match(Expression condition) {
    if (!(condition instanceof Call call)
        || call.arguments().size() < 2
        || !(call.arguments().get(0) instanceof ColumnRef column)) {
      return Optional.empty();
    }
    Function wanted = call.function() == Function.IN ? Function.EQ : call.function();
    List<Expression> values = call.arguments().subList(1, call.arguments().size());
    return table.filters().stream()
        .filter(filter -> filter.column().equals(column.name()) && filter.operator() == wanted)
        .findFirst()
        .map(filter -> new Match(filter, values))
        .filter(match -> isSendable(match));
  }

  private boolean isSendable(Match match) {
    boolean keys = match.values().stream().anyMatch(Placeholder.class::isInstance);
    boolean known =
        match.values().stream().allMatch(value -> value instanceof Placeholder || isValue(value));
    boolean joined = match.filter().separator().isPresent();
    boolean given = table.requireColumn(match.filter().column()).given();
    // A row does not say which of several values it was given for, so each is asked for alone.
    return known
        && !(match.isOnePerValue() && keys)
        && !(joined && given && match.values().size() > 1);
  }

  private static boolean isValue(Expression value) {
    return value instanceof Constant constant && constant.value() != null;
  }

  /** Answers conditions one by one; a place in the request takes one of them. */
  List<Fidelity> judge(List<Expression> wanted) {
    Set<Place> taken = new HashSet<>();
    return wanted.stream()
        .map(
            condition ->
                match(condition)
                    .filter(match -> taken.add(match.filter().place()))
                    .map(match -> match.filter().exact() ? Fidelity.EXACT : Fidelity.NARROWING)
                    .orElse(Fidelity.NONE))
        .toList();
  }

  /** Puts the values of conditions into a request, at those places that are wanted. */
  void put(List<Expression> conditions, RequestDraft draft, Predicate<Place> wanted) {
    for (Expression condition : conditions) {
      Match match = match(condition).orElseThrow();
      if (wanted.test(match.filter().place())) {
        draft.put(match.filter().place(), text(match));
      }
    }
  }

  /** The text that a request carries for a condition's values. */
  String text(Match match) {
    ColumnSpec column = table.requireColumn(match.filter().column());
    return match.values().stream()
        .distinct()
        .map(value -> text(((Constant) value).value(), column.moment()))
        .collect(Collectors.joining(match.filter().separator().orElse("")));
  }

  private static String text(@Nullable Object value, Moment moment) {
    if (value instanceof Instant time) {
      return switch (moment) {
        case ISO -> time.toString();
        case EPOCH -> Long.toString(time.getEpochSecond());
        case EPOCH_MS -> Long.toString(time.toEpochMilli());
      };
    }
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : String.valueOf(value);
  }
}
