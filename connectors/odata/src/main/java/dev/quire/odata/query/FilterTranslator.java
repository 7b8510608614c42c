package dev.quire.odata.query;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns SQL conditions into {@code $filter} and says how far each means the same. Immutable.
 *
 * <p>SQL has three truth values, OData two: {@code null ne 5} is true there (OData URL conventions
 * 4.01, section 5.1.1.1), and services that run on SQL databases answer as SQL does. So a NOT is
 * never sent around a comparison: it is carried inwards, where SQL's laws hold with NULLs too, and
 * {@code ne} on what may be null excludes null. What is sent then means the same under both
 * readings, and only rows for which it is true count.
 */
public final class FilterTranslator {
  private static final String CONTAINS = "contains";
  private final EntityTable table;
  private final Profile profile;
  private final Protocol protocol;
  private final Comparisons comparisons;
  private final FunctionTranslator functions;

  public FilterTranslator(EntityTable table, Profile profile) {
    this.table = table;
    this.profile = profile;
    this.protocol = table.protocol();
    this.comparisons = new Comparisons(profile, protocol);
    this.functions = new FunctionTranslator(table, profile);
  }

  public Condition translate(Expression filter) {
    return translate(filter, false);
  }

  private Condition translate(Expression filter, boolean negated) {
    if (filter instanceof ColumnRef ref) {
      Field field = table.field(ref.name());
      return field != null && !field.uses().filters()
          ? unfiltered(field)
          : field != null && field.kind() == EdmKind.BOOLEAN
              ? Condition.exact(field.urlPath() + " eq " + !negated)
              : Condition.none("a value is not a condition");
    }
    return filter instanceof Call call
        ? call(call, negated)
        : Condition.none("a constant is not a condition");
  }

  private Condition call(Call call, boolean negated) {
    List<Expression> arguments = call.arguments();
    Optional<Field> unfiltered = isCombination(call) ? Optional.empty() : unfiltered(arguments);
    if (unfiltered.isPresent()) {
      return unfiltered(unfiltered.get());
    }
    return switch (call.function()) {
      case NOT -> translate(arguments.get(0), !negated);
      case AND -> negated ? anyOf(arguments, true) : allOf(arguments, false);
      case OR -> negated ? allOf(arguments, true) : anyOf(arguments, false);
      case IS_NULL -> nullTest(arguments.get(0), !negated);
      case IS_NOT_NULL -> nullTest(arguments.get(0), negated);
      case EQ, NE, LT, LE, GT, GE -> comparison(call, negated);
      case IN -> in(arguments, negated);
      case STARTS_WITH -> pattern("startswith", arguments, negated);
      case ENDS_WITH -> pattern("endswith", arguments, negated);
      case CONTAINS -> pattern(CONTAINS, arguments, negated);
      case LOWER, UPPER, MONTH, DAY, HOUR, MINUTE, SECOND, MOD, LENGTH, TRIM, CONCAT ->
          Condition.none("a value is not a condition");
    };
  }

  private static boolean isCombination(Call call) {
    return switch (call.function()) {
      case NOT, AND, OR -> true;
      default -> false;
    };
  }

  private Optional<Field> unfiltered(List<Expression> arguments) {
    return arguments.stream()
        .flatMap(argument -> argument.columns().stream())
        .map(table::field)
        .filter(field -> field != null && !field.uses().filters())
        .findFirst();
  }

  private static Condition unfiltered(Field field) {
    return Condition.none("the service does not filter by '" + field.name() + "'");
  }

  /** Leaving a part out of an AND lets in more rows, so the rest still narrows. */
  private Condition allOf(List<Expression> arguments, boolean negated) {
    List<Condition> sent = new ArrayList<>();
    String dropped = "";
    for (Expression argument : arguments) {
      Condition part = translate(argument, negated);
      if (part.isNone()) {
        dropped = part.note();
      } else {
        sent.add(part);
      }
    }
    if (sent.isEmpty()) {
      return Condition.none(dropped);
    }
    Condition all = joined(sent, " and ");
    return dropped.isEmpty()
        ? all
        : new Condition(Fidelity.NARROWING, all.text(), all.comparisons(), dropped);
  }

  private Condition anyOf(List<Expression> arguments, boolean negated) {
    List<Condition> sent = new ArrayList<>();
    for (Expression argument : arguments) {
      Condition part = translate(argument, negated);
      if (part.isNone()) {
        return part;
      }
      sent.add(part);
    }
    return joined(sent, " or ");
  }

  /** The weakest part decides. */
  private static Condition joined(List<Condition> parts, String operator) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    StringBuilder text = new StringBuilder("(");
    Condition weakest = parts.get(0);
    int comparisons = 0;
    for (Condition part : parts) {
      text.append(text.length() > 1 ? operator : "").append(part.text());
      comparisons += part.comparisons();
      weakest = part.isExact() ? weakest : part;
    }
    return weakest.withText(text.append(')').toString(), comparisons);
  }

  private Condition nullTest(Expression value, boolean isNull) {
    Field field = field(value);
    return field == null
        ? Condition.none("only columns are tested for null")
        : comparisons.nullTest(field, isNull);
  }

  private Condition comparison(Call call, boolean negated) {
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    Function function = call.function();
    if (FunctionTranslator.isValue(left)) {
      return functions.compare(left, negated ? opposite(function) : function, right);
    }
    Field field = field(left);
    Expression value = right;
    if (field == null) {
      field = field(right);
      value = left;
      function = mirrored(function);
    }
    if (field == null || field(value) != null) {
      return Condition.none("only a column and a constant are compared at the source");
    }
    return comparisons.compare(field, negated ? opposite(function) : function, value);
  }

  private Condition in(List<Expression> arguments, boolean negated) {
    Field field = field(arguments.get(0));
    if (FunctionTranslator.isValue(arguments.get(0))) {
      return inFunction(arguments, negated);
    }
    if (field == null) {
      return Condition.none("IN needs a column on its left");
    }
    List<Expression> values = arguments.subList(1, arguments.size()).stream().distinct().toList();
    List<Condition> parts = new ArrayList<>();
    List<String> literals = new ArrayList<>();
    for (Expression value : values) {
      if (!comparisons.canNeverEqual(field, value)) {
        Condition part = comparisons.compare(field, negated ? Function.NE : Function.EQ, value);
        if (part.isNone()) {
          return part;
        }
        parts.add(part);
        comparisons.literal(field, value).ifPresent(literals::add);
      }
    }
    if (parts.isEmpty()) {
      return Condition.none("no value of the list fits the column's type");
    }
    Condition chain = joined(parts, negated ? " and " : " or ");
    return protocol.hasIn() && !negated && parts.size() > 1
        ? chain.withText(field.urlPath() + " in (" + String.join(",", literals) + ")", 1)
        : chain;
  }

  private Condition inFunction(List<Expression> arguments, boolean negated) {
    List<Expression> each = new ArrayList<>();
    for (Expression value : arguments.subList(1, arguments.size())) {
      each.add(Expression.call(Function.EQ, arguments.get(0), value));
    }
    return negated ? allOf(each, true) : anyOf(each, false);
  }

  private Condition pattern(String function, List<Expression> arguments, boolean negated) {
    if (FunctionTranslator.isValue(arguments.get(0))) {
      return negated
          ? Condition.none(Comparisons.LENIENT_NOTE)
          : functions.compare(arguments.get(0), searched(function), arguments.get(1));
    }
    Field field = field(arguments.get(0));
    @Nullable String text = constantText(arguments.get(1));
    if (field == null || field.kind() != EdmKind.STRING || text == null || text.isEmpty()) {
      return Condition.none("only text columns are searched at the source");
    }
    if (!table.capabilities().has(protocol.search(function))) {
      return Condition.none("the service says that it has no " + function);
    }
    boolean unsafe = text.chars().anyMatch(c -> profile.unsafeInPatterns().indexOf(c) >= 0);
    Optional<String> literal = Optional.ofNullable(Literals.string(text));
    if (unsafe || literal.isEmpty()) {
      return Condition.none("the service does not take the text literally");
    }
    String path = field.urlPath();
    String call =
        function.equals(CONTAINS)
            ? protocol.contains(path, literal.get())
            : function + "(" + path + "," + literal.get() + ")";
    if (!negated) {
      return comparisons.text(call);
    }
    return profile.strings() == Profile.Strings.EXACT
        ? Condition.narrowing("not " + call, "null is tested again here")
        : Condition.none(Comparisons.LENIENT_NOTE);
  }

  private static Function searched(String function) {
    return switch (function) {
      case "startswith" -> Function.STARTS_WITH;
      case "endswith" -> Function.ENDS_WITH;
      default -> Function.CONTAINS;
    };
  }

  /** Whether the service may refuse a condition because it does not know a function in it. */
  public static boolean asksForFunctions(Expression filter) {
    return FunctionTranslator.isIn(filter);
  }

  private static @Nullable String constantText(Expression value) {
    return value instanceof Constant constant && constant.value() instanceof String text
        ? text
        : null;
  }

  private @Nullable Field field(Expression value) {
    return value instanceof ColumnRef ref ? table.field(ref.name()) : null;
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

  private static Function opposite(Function function) {
    return switch (function) {
      case EQ -> Function.NE;
      case NE -> Function.EQ;
      case LT -> Function.GE;
      case LE -> Function.GT;
      case GT -> Function.LE;
      case GE -> Function.LT;
      default -> throw new IllegalArgumentException("no comparison: " + function);
    };
  }
}
