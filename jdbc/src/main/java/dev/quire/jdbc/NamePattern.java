package dev.quire.jdbc;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The search patterns of {@link java.sql.DatabaseMetaData}: {@code %} for any text, {@code _} for
 * any character, {@code \} before one that means itself. Case does not matter, as it does not in
 * statements.
 */
final class NamePattern {
  static final String ESCAPE = "\\";

  private NamePattern() {}

  /**
   * @param pattern null for any name
   */
  static Predicate<String> of(@Nullable String pattern) {
    if (pattern == null || pattern.equals("%")) {
      return name -> true;
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '%') {
        regex.append(".*");
      } else if (c == '_') {
        regex.append('.');
      } else {
        boolean escape = c == '\\' && i + 1 < pattern.length();
        regex.append(Pattern.quote(String.valueOf(escape ? pattern.charAt(++i) : c)));
      }
    }
    return Pattern.compile(
            regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL)
        .asMatchPredicate();
  }

  /**
   * A name that is no pattern.
   *
   * @param wanted null for any name
   */
  static Predicate<String> exactly(@Nullable String wanted) {
    return wanted == null ? name -> true : wanted::equalsIgnoreCase;
  }
}
