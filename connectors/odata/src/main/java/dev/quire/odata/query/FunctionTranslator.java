package dev.quire.odata.query;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns conditions on functions of columns into {@code $filter}. Immutable. */
final class FunctionTranslator {
  private final EntityTable table;
  private final Profile profile;
  private final LetterCase letters;
  private final TextFunctions texts;

  FunctionTranslator(EntityTable table, Profile profile) {
    this.table = table;
    this.profile = profile;
    this.letters = new LetterCase(profile, table.protocol());
    this.texts = new TextFunctions(table, profile);
  }

  /** Whether an expression is a function of columns. */
  static boolean isValue(Expression expression) {
    return expression instanceof Call call
        && switch (call.function()) {
          case LOWER, UPPER, MONTH, DAY, HOUR, MINUTE, SECOND, MOD -> true;
          default -> TextFunctions.isKnown(call.function());
        };
  }

  /** Whether a condition has a function of a column in it. */
  static boolean isIn(Expression condition) {
    return isValue(condition)
        || (condition instanceof Call call
            && call.arguments().stream().anyMatch(FunctionTranslator::isIn));
  }

  /**
   * A comparison or search, not negated but by its own function.
   *
   * @param value for which {@link #isValue} holds
   */
  Condition compare(Expression value, Function function, Expression other) {
    Call call = (Call) value;
    if (TextFunctions.isKnown(call.function())) {
      return texts.compare(call, function, other);
    }
    Field field = call.arguments().get(0) instanceof ColumnRef ref ? table.field(ref.name()) : null;
    Object constant = other instanceof Constant known ? known.value() : null;
    if (field == null || constant == null) {
      return Condition.none(
          "only a function of a column and a constant are compared at the source");
    }
    return switch (call.function()) {
      case LOWER, UPPER -> text(call, field, function, constant);
      case MOD -> remainder(call, field, function, constant);
      default -> part(call.function(), field, function, constant);
    };
  }

  private Condition text(Call call, Field field, Function function, Object constant) {
    boolean known =
        switch (function) {
          case EQ, STARTS_WITH, ENDS_WITH, CONTAINS -> true;
          default -> false;
        };
    return known
            && hasSearches()
            && field.kind() == EdmKind.STRING
            && constant instanceof String text
        ? letters.compare(field.urlPath(), call.function() == Function.UPPER, function, text)
        : Condition.none("the service may have another order or case of text");
  }

  private boolean hasSearches() {
    return List.of("tolower", "startswith", "endswith", table.protocol().search("contains"))
        .stream()
        .allMatch(table.capabilities()::has);
  }

  /** Not of moments with an offset: a service may see them in their own zone. */
  private Condition part(Function part, Field field, Function function, Object constant) {
    boolean has =
        switch (field.kind()) {
          case DATE -> part == Function.MONTH || part == Function.DAY;
          case TIME_OF_DAY -> part != Function.MONTH && part != Function.DAY;
          case DATE_TIME -> !ShownMoments.areIn(table.protocol(), field);
          default -> false;
        };
    Optional<String> number = number(constant);
    if (!has
        || number.isEmpty()
        || !profile.functions().contains(part)
        || !table.capabilities().has(part.name().toLowerCase(Locale.ROOT))) {
      return Condition.none(
          field.kind() == EdmKind.DATE_TIME_OFFSET
              ? "the service may see '" + field.name() + "' in another time zone"
              : "the service is not asked for parts of '" + field.name() + "'");
    }
    String text = part.name().toLowerCase(Locale.ROOT) + "(" + field.urlPath() + ")";
    return Condition.exact(Comparisons.text(field, text, function, number.get()));
  }

  /** By a divisor above 0; of negative numbers, services differ in the sign of what is left. */
  private Condition remainder(Call call, Field field, Function function, Object constant) {
    Optional<String> number = number(constant);
    Optional<String> divisor =
        call.arguments().get(1) instanceof Constant by
                && by.value() instanceof Long above
                && above > 0
            ? number(above)
            : Optional.empty();
    boolean whole =
        switch (field.kind()) {
          case BYTE, SBYTE, INT16, INT32, INT64 -> true;
          default -> false;
        };
    boolean none = Long.valueOf(0).equals(constant);
    boolean sure = none && (function == Function.EQ || function == Function.NE);
    boolean more = function == Function.EQ && constant instanceof Long rest && rest > 0;
    if (!whole
        || number.isEmpty()
        || divisor.isEmpty()
        || !(sure || more)
        || !profile.functions().contains(Function.MOD)) {
      return Condition.none("the service may divide '" + field.name() + "' in another way");
    }
    String subject =
        field.urlPath() + " mod " + table.protocol().literal(field.kind(), divisor.get());
    String text =
        Comparisons.text(
            field, subject, function, table.protocol().literal(field.kind(), number.get()));
    return sure
        ? Condition.exact(text)
        : Condition.narrowing(text, "services differ in what dividing a negative number leaves");
  }

  private static Optional<String> number(Object constant) {
    return constant instanceof Long number && Math.abs(number) <= Integer.MAX_VALUE
        ? Optional.of(number.toString())
        : Optional.empty();
  }
}
