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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Conditions on the length of a text, on a text without its blanks and on texts one after the
 * other. Services differ in each, so a condition only ever lets in more rows. Immutable.
 *
 * <ul>
 *   <li>A length counts code points here. Services count them, or units of UTF-16, or bytes, of
 *       which a code point has at most four; and some leave blanks at the end out. So a text is at
 *       most so long; nothing is known of the least.
 *   <li>Trimming removes blanks here, and in services white space of all kinds. Text that has none
 *       at its ends is found either way.
 *   <li>A null makes all of a concatenation null here, and may be an empty text in services.
 * </ul>
 */
record TextFunctions(EntityTable table, Profile profile) {
  private static final int MOST_UNITS = 4;

  /** Whether a condition on this function may be sent. */
  static boolean isKnown(Function function) {
    return function == Function.LENGTH || function == Function.TRIM || function == Function.CONCAT;
  }

  /**
   * A condition that holds wherever SQL's does.
   *
   * @param value a call for which {@link #isKnown} holds
   */
  Condition compare(Call value, Function function, Expression other) {
    @Nullable Object constant = other instanceof Constant known ? known.value() : null;
    if (!profile.functions().contains(value.function())) {
      return Condition.none("the service is not asked for functions of text");
    }
    return switch (value.function()) {
      case LENGTH -> length(value, function, constant);
      case TRIM -> trimmed(value, function, constant);
      default -> concatenation(value, function, constant);
    };
  }

  private Condition length(Call value, Function function, @Nullable Object constant) {
    boolean bounded = function == Function.EQ || function == Function.LE || function == Function.LT;
    Optional<String> path = path(value.arguments().get(0));
    if (path.isEmpty()
        || !bounded
        || !(constant instanceof Long most)
        || most < 1
        || most > Integer.MAX_VALUE / MOST_UNITS
        || !table.capabilities().has("length")) {
      return Condition.none("the service may count fewer characters");
    }
    long characters = function == Function.LT ? most - 1 : most;
    return Condition.narrowing(
        "length(" + path.get() + ") le " + characters * MOST_UNITS,
        "services count characters in units of their own");
  }

  private Condition trimmed(Call value, Function function, @Nullable Object constant) {
    Optional<String> path = path(value.arguments().get(0));
    Optional<String> literal =
        constant instanceof String text && hasFirmEnds(text)
            ? Optional.ofNullable(Literals.string(text))
            : Optional.empty();
    if (path.isEmpty() || literal.isEmpty() || !table.capabilities().has("trim")) {
      return Condition.none("the service may trim more than blanks");
    }
    String subject = "trim(" + path.get() + ")";
    return said(subject, function, literal.get())
        .map(text -> Condition.narrowing(text, "services trim more than blanks"))
        .orElseGet(() -> Condition.none("the service may order text in another way"));
  }

  private Optional<String> said(String subject, Function function, String literal) {
    String search =
        switch (function) {
          case STARTS_WITH -> "startswith";
          case ENDS_WITH -> "endswith";
          case CONTAINS -> table.protocol().search("contains");
          default -> "";
        };
    if (function == Function.EQ) {
      return Optional.of(subject + " eq " + literal);
    }
    return search.isEmpty() || !table.capabilities().has(search)
        ? Optional.empty()
        : Optional.of(
            function == Function.CONTAINS
                ? table.protocol().contains(subject, literal)
                : search + "(" + subject + "," + literal + ")");
  }

  /** Whether no service takes the first or the last character for white space. */
  private static boolean hasFirmEnds(String text) {
    return !text.isEmpty() && isFirm(text.charAt(0)) && isFirm(text.charAt(text.length() - 1));
  }

  private static boolean isFirm(char letter) {
    return (letter > 0x20 && letter < 0x7f) || Character.isLetterOrDigit(letter);
  }

  private Condition concatenation(Call value, Function function, @Nullable Object constant) {
    Optional<String> whole = concat(value.arguments());
    String literal = constant instanceof String text ? Literals.string(text) : null;
    return function == Function.EQ
            && whole.isPresent()
            && literal != null
            && table.capabilities().has("concat")
        ? Condition.narrowing(
            whole.get() + " eq " + literal, "services join texts with nulls in their own way")
        : Condition.none("texts one after the other are compared here");
  }

  private Optional<String> concat(List<Expression> parts) {
    String all = "";
    for (Expression part : parts) {
      Optional<String> next =
          part instanceof Constant known && known.value() instanceof String text
              ? Optional.ofNullable(Literals.string(text))
              : path(part);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      all = all.isEmpty() ? next.get() : "concat(" + all + "," + next.get() + ")";
    }
    return Optional.of(all);
  }

  private Optional<String> path(Expression column) {
    Field field = column instanceof ColumnRef ref ? table.field(ref.name()) : null;
    return field != null && field.kind() == EdmKind.STRING
        ? Optional.of(field.urlPath())
        : Optional.empty();
  }
}
