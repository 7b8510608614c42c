package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A LIKE pattern, compiled. {@code %} stands for any characters, {@code _} for one code point. */
final class LikePattern {
  private static final int NO_ESCAPE = -1;

  private LikePattern() {}

  /**
   * @param escape one character, or empty for none
   * @param ignoreCase for ILIKE
   */
  static Predicate<String> compile(String pattern, String escape, boolean ignoreCase) {
    int escaping = escapeOf(escape);
    boolean isPlain =
        !ignoreCase && pattern.indexOf('_') < 0 && (escaping < 0 || pattern.indexOf(escaping) < 0);
    if (isPlain) {
      Predicate<String> simple = simple(pattern);
      if (simple != null) {
        return simple;
      }
    }
    int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
    Pattern compiled = Pattern.compile(regex(pattern, escaping), flags);
    return text -> compiled.matcher(text).matches();
  }

  private static int escapeOf(String escape) {
    if (escape.isEmpty()) {
      return NO_ESCAPE;
    }
    if (escape.codePointCount(0, escape.length()) != 1) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "ESCAPE takes one character, not '" + escape + "'");
    }
    return escape.codePointAt(0);
  }

  /** Patterns with % at the ends alone, or null. */
  private static @Nullable Predicate<String> simple(String pattern) {
    boolean open = pattern.startsWith("%");
    boolean openEnd = pattern.endsWith("%") && pattern.length() > 1;
    String middle = pattern.substring(open ? 1 : 0, pattern.length() - (openEnd ? 1 : 0));
    if (middle.indexOf('%') >= 0) {
      return null;
    }
    if (open && openEnd) {
      return text -> text.contains(middle);
    }
    return open
        ? text -> text.endsWith(middle)
        : openEnd ? text -> text.startsWith(middle) : text -> text.equals(middle);
  }

  private static String regex(String pattern, int escaping) {
    StringBuilder regex = new StringBuilder();
    int[] points = pattern.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      int point = points[i];
      if (point == escaping) {
        if (++i == points.length) {
          throw new SourceException(
              ErrorKind.INVALID_VALUE, "the LIKE pattern '" + pattern + "' ends with its escape");
        }
        regex.append(Pattern.quote(Character.toString(points[i])));
      } else if (point == '%') {
        regex.append(".*");
      } else if (point == '_') {
        regex.append('.');
      } else {
        regex.append(Pattern.quote(Character.toString(point)));
      }
    }
    return regex.toString();
  }
}
