package dev.quire.engine.plan;

import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import java.util.Optional;

/**
 * A LIKE pattern taken apart.
 *
 * @param value a column, or its lower or upper case
 * @param function what the pattern asks for, if {@code isWhole}
 * @param literal the text that is asked for, without wildcards
 * @param prefix the text before the first wildcard
 * @param isWhole whether function and literal say all that the pattern says
 */
record LikeParts(
    Expression value, Function function, String literal, String prefix, boolean isWhole) {

  /** Takes a pattern apart; empty if its escapes are wrong. */
  static Optional<LikeParts> parse(Expression value, String pattern, String escape) {
    StringBuilder literal = new StringBuilder();
    StringBuilder shape = new StringBuilder();
    int prefix = -1;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (!escape.isEmpty() && c == escape.charAt(0)) {
        if (++i == pattern.length()) {
          return Optional.empty();
        }
        append(literal, shape, pattern.charAt(i));
      } else if (c == '%' || c == '_') {
        prefix = prefix < 0 ? literal.length() : prefix;
        if (c == '_' || shape.length() == 0 || shape.charAt(shape.length() - 1) != '%') {
          shape.append(c);
        }
      } else {
        append(literal, shape, c);
      }
    }
    String before = prefix < 0 ? literal.toString() : literal.substring(0, prefix);
    Function function =
        switch (shape.toString()) {
          case "a", "" -> Function.EQ;
          case "a%" -> Function.STARTS_WITH;
          case "%a" -> Function.ENDS_WITH;
          case "%a%" -> Function.CONTAINS;
          default -> Function.NOT;
        };
    return Optional.of(
        new LikeParts(value, function, literal.toString(), before, function != Function.NOT));
  }

  private static void append(StringBuilder literal, StringBuilder shape, char c) {
    literal.append(c);
    if (shape.length() == 0 || shape.charAt(shape.length() - 1) != 'a') {
      shape.append('a');
    }
  }
}
