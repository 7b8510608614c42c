package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Functions with a regular expression, in Java's syntax; a constant one is compiled once. */
final class RegularExpressions {
  private RegularExpressions() {}

  static Evaluator contains(Evaluator text, Evaluator pattern) {
    Function<Object, Pattern> patterns = patterns(pattern);
    return Strict.binary(
        text,
        pattern,
        (value, expression) -> patterns.apply(expression).matcher((String) value).find());
  }

  static Evaluator replace(Evaluator text, Evaluator pattern, Evaluator with) {
    Function<Object, Pattern> patterns = patterns(pattern);
    return Strict.all(
        List.of(text, pattern, with),
        values -> {
          try {
            return patterns
                .apply(values[1])
                .matcher((String) values[0])
                .replaceAll((String) values[2]);
          } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new SourceException(
                ErrorKind.INVALID_VALUE, "REGEXP_REPLACE cannot use '" + values[2] + "'", e);
          }
        });
  }

  private static Function<Object, Pattern> patterns(Evaluator pattern) {
    if (pattern instanceof Evaluator.Constant constant && constant.value() instanceof String text) {
      Pattern compiled = compile(text);
      return same -> compiled;
    }
    return expression -> compile((String) expression);
  }

  private static Pattern compile(String expression) {
    try {
      return Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "not a regular expression: " + e.getMessage(), e);
    }
  }
}
