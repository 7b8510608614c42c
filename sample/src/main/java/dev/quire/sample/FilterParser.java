package dev.quire.sample;

import dev.quire.sample.SampleColumn.ValueAt;
import dev.quire.sample.Tokens.Kind;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Reads {@code $filter}. One thread at a time. */
final class FilterParser {
  private static final Map<String, IntPredicate> COMPARISONS =
      Map.of(
          "eq", order -> order == 0,
          "ne", order -> order != 0,
          "gt", order -> order > 0,
          "ge", order -> order >= 0,
          "lt", order -> order < 0,
          "le", order -> order <= 0);
  private static final Map<String, BiPredicate<String, String>> FUNCTIONS =
      Map.of(
          "contains", String::contains,
          "startswith", String::startsWith,
          "endswith", String::endsWith);

  /**
   * One side of a comparison.
   *
   * @param type empty for the literal null
   * @param literal whether it is the same for all rows
   */
  private record Operand(Optional<EdmType> type, ValueAt value, boolean literal) {}

  private final SampleTable table;
  private final Tokens tokens;
  private final String variable;

  /**
   * @param variable that stands before the columns, inside of a lambda; else empty
   */
  private FilterParser(SampleTable table, Tokens tokens, String variable) {
    this.table = table;
    this.tokens = tokens;
    this.variable = variable;
  }

  static Filter parse(SampleTable table, String text) {
    FilterParser parser = new FilterParser(table, new Tokens(text), "");
    Filter filter = parser.disjunction();
    parser.tokens.expectEnd();
    return filter;
  }

  private Filter disjunction() {
    Filter filter = conjunction();
    while (tokens.takeIf("or")) {
      filter = filter.or(conjunction());
    }
    return filter;
  }

  private Filter conjunction() {
    Filter filter = negation();
    while (tokens.takeIf("and")) {
      filter = filter.and(negation());
    }
    return filter;
  }

  private Filter negation() {
    return tokens.takeIf("not") ? negation().not() : condition();
  }

  private Filter condition() {
    if (tokens.takeIf("(")) {
      Filter filter = disjunction();
      tokens.expect(")");
      return filter;
    }
    if (tokens.kind() == Kind.WORD && tokens.followedBy("(")) {
      return function();
    }
    if (variable.isEmpty() && isCollection(tokens.text())) {
      return any(table.requireNavigation(tokens.takeWord()));
    }
    Operand left = operand();
    if (tokens.takeIf("in")) {
      return membership(left);
    }
    IntPredicate wanted = COMPARISONS.get(tokens.text());
    if (wanted == null) {
      return flag(left);
    }
    String operator = tokens.take();
    return comparison(left, operator, wanted, operand());
  }

  private boolean isCollection(String name) {
    return table.navigations().stream()
        .anyMatch(navigation -> navigation.collection() && navigation.name().equals(name));
  }

  /** Whether a row has a row in a collection for which a condition holds. */
  private Filter any(Navigation navigation) {
    tokens.expect("/");
    if (!tokens.takeIf("any")) {
      throw ofCollection(navigation);
    }
    tokens.expect("(");
    Filter inside = Filter.ALL;
    if (!tokens.takeIf(")")) {
      String name = tokens.takeWord();
      tokens.expect(":");
      inside = new FilterParser(table.target(navigation), tokens, name).disjunction();
      tokens.expect(")");
    }
    Filter wanted = inside;
    return row -> {
      for (long each : navigation.rows().of(row)) {
        if (wanted.keeps(each)) {
          return true;
        }
      }
      return false;
    };
  }

  private Filter flag(Operand operand) {
    if (!operand.type().equals(Optional.of(EdmType.BOOLEAN))) {
      throw tokens.fault();
    }
    return row -> (Boolean) operand.value().at(row);
  }

  private Filter function() {
    String name = tokens.take();
    BiPredicate<String, String> test = FUNCTIONS.get(name);
    if (test == null) {
      throw ODataFault.malformed(
          "An unknown function with name '%s' was found; this service has contains, startswith and"
                  .formatted(name)
              + " endswith.");
    }
    tokens.expect("(");
    Operand text = requireString(operand());
    tokens.expect(",");
    Operand part = requireString(operand());
    tokens.expect(")");
    return row -> {
      Object whole = text.value().at(row);
      Object wanted = part.value().at(row);
      return (whole == null || wanted == null)
          ? null
          : (Boolean) test.test(Values.fold((String) whole), Values.fold((String) wanted));
    };
  }

  private Operand requireString(Operand operand) {
    if (!operand.type().equals(Optional.of(EdmType.STRING))) {
      throw ODataFault.malformed("A string function was given something that is not a string.");
    }
    return operand;
  }

  private Filter membership(Operand left) {
    tokens.expect("(");
    List<Filter> equalities = new ArrayList<>();
    do {
      equalities.add(comparison(left, "eq", order -> order == 0, literal()));
    } while (tokens.takeIf(","));
    tokens.expect(")");
    return equalities.stream().reduce(Filter::or).orElseThrow(tokens::fault);
  }

  private Filter comparison(Operand left, String operator, IntPredicate wanted, Operand right) {
    if (left.type().isEmpty() || right.type().isEmpty()) {
      return nullTest(left.type().isEmpty() ? right : left, operator);
    }
    ValueAt one = converted(left, right.type().get());
    ValueAt two = converted(right, left.type().get());
    requireComparable(left.type().get(), right.type().get(), operator);
    Filter filter =
        row -> {
          Object a = one.at(row);
          Object b = two.at(row);
          return (a == null || b == null) ? null : (Boolean) wanted.test(Values.compare(a, b));
        };
    boolean ofKey = left.value() == table.key().value() && right.literal();
    return ofKey ? bounded(filter, operator, right) : filter;
  }

  /** A comparison with the key keeps rows of one range alone. */
  private Filter bounded(Filter filter, String operator, Operand key) {
    if (!(key.value().at(0) instanceof UUID guid)) {
      return filter;
    }
    long first = table.keys().firstFrom(guid);
    return switch (operator) {
      case "eq" -> new Filter.Bounded(filter, first, first + 1);
      case "gt", "ge" -> new Filter.Bounded(filter, first, Long.MAX_VALUE);
      case "lt", "le" -> new Filter.Bounded(filter, 0, first + 1);
      default -> filter;
    };
  }

  private static Filter nullTest(Operand operand, String operator) {
    return switch (operator) {
      case "eq" -> row -> operand.value().at(row) == null;
      case "ne" -> row -> operand.value().at(row) != null;
      default -> row -> null;
    };
  }

  /** A date that stands against a point in time means its midnight in UTC. */
  private static ValueAt converted(Operand operand, EdmType other) {
    if (operand.type().equals(Optional.of(EdmType.DATE)) && other == EdmType.DATE_TIME_OFFSET) {
      return row -> midnight(operand.value().at(row));
    }
    return operand.value();
  }

  private static @Nullable Instant midnight(@Nullable Object date) {
    return date == null ? null : ((LocalDate) date).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static void requireComparable(EdmType left, EdmType right, String operator) {
    boolean times =
        (left == EdmType.DATE && right == EdmType.DATE_TIME_OFFSET)
            || (left == EdmType.DATE_TIME_OFFSET && right == EdmType.DATE);
    if (left != right && !(left.isNumber() && right.isNumber()) && !times) {
      throw ODataFault.malformed(
          "A binary operator with incompatible types was detected. Found operand types '%s' and"
                  .formatted(left.edmName())
              + " '%s' for operator kind '%s'.".formatted(right.edmName(), operator));
    }
  }

  private Operand operand() {
    boolean isPath =
        tokens.kind() == Kind.WORD
            && !tokens.at("null")
            && !tokens.at("true")
            && !tokens.at("false");
    return isPath ? path() : literal();
  }

  /** A column, or a column of the row that a lookup leads to. */
  private Operand path() {
    String name = tokens.takeWord();
    if (!variable.isEmpty()) {
      if (!name.equals(variable)) {
        throw tokens.fault();
      }
      tokens.expect("/");
      name = tokens.takeWord();
    }
    if (tokens.takeIf("/")) {
      return related(table.requireNavigation(name), tokens.takeWord());
    }
    SampleColumn column = table.requireColumn(name);
    return new Operand(Optional.of(column.type()), column.value(), false);
  }

  /** Null where there is no such row, as in Dataverse, which joins the tables. */
  private Operand related(Navigation navigation, String name) {
    if (navigation.collection()) {
      throw ofCollection(navigation);
    }
    SampleColumn column = table.target(navigation).requireColumn(name);
    ValueAt value =
        row -> {
          long[] rows = navigation.rows().of(row);
          return rows.length == 0 ? null : column.value().at(rows[0]);
        };
    return new Operand(Optional.of(column.type()), value, false);
  }

  private static ODataFault ofCollection(Navigation navigation) {
    return ODataFault.malformed(
        "The sample service filters on the collection '%s' with any alone."
            .formatted(navigation.name()));
  }

  private Operand literal() {
    Kind kind = tokens.kind();
    String text = tokens.text();
    try {
      Operand operand =
          switch (kind) {
            case STRING ->
                constant(EdmType.STRING, text.substring(1, text.length() - 1).replace("''", "'"));
            case GUID -> constant(EdmType.GUID, UUID.fromString(text));
            case DATE -> constant(EdmType.DATE, LocalDate.parse(text));
            case DATE_TIME ->
                constant(EdmType.DATE_TIME_OFFSET, OffsetDateTime.parse(text).toInstant());
            case NUMBER -> number(text);
            default -> word(text);
          };
      tokens.take();
      return operand;
    } catch (DateTimeException e) {
      throw tokens.fault();
    }
  }

  private Operand word(String text) {
    return switch (text) {
      case "null" -> new Operand(Optional.empty(), row -> null, true);
      case "true" -> constant(EdmType.BOOLEAN, true);
      case "false" -> constant(EdmType.BOOLEAN, false);
      default -> throw tokens.fault();
    };
  }

  private static Operand number(String text) {
    BigDecimal exact = new BigDecimal(text);
    boolean fitsLong = exact.scale() <= 0 && exact.precision() - exact.scale() < 19;
    return fitsLong
        ? constant(EdmType.INT64, exact.longValueExact())
        : constant(EdmType.DECIMAL, exact);
  }

  private static Operand constant(EdmType type, Object value) {
    return new Operand(Optional.of(type), row -> value, true);
  }
}
