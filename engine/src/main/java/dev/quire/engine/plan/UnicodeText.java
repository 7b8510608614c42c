package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementTokens.Kind;
import dev.quire.engine.plan.StatementTokens.Token;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text {@code U&'…'} with escapes of six digits, {@code \+01D11E}: the parser takes the sign for
 * one of four digits, so it is given the same as a plain text. Immutable.
 *
 * @param end in the statement, after what belongs to it
 * @param escape the sign that begins an escape
 */
record UnicodeText(String body, int start, int end, char escape) {

  /** The text at a token in quotes, if it is one with escapes of six digits. */
  static Optional<UnicodeText> at(List<Token> tokens, int index) {
    Token quoted = tokens.get(index);
    if (index < 2 || quoted.kind() != Kind.TEXT || !isPrefixed(tokens, index)) {
      return Optional.empty();
    }
    char escape = '\\';
    int end = quoted.end();
    if (index + 2 < tokens.size() && tokens.get(index + 1).upper().equals("UESCAPE")) {
      escape = tokens.get(index + 2).text().charAt(1);
      end = tokens.get(index + 2).end();
    }
    String body = quoted.text().substring(1, quoted.text().length() - 1);
    return Optional.of(new UnicodeText(body, tokens.get(index - 2).start(), end, escape))
        .filter(text -> body.contains(text.escape + "+"));
  }

  private static boolean isPrefixed(List<Token> tokens, int index) {
    Token word = tokens.get(index - 2);
    Token sign = tokens.get(index - 1);
    return word.upper().equals("U")
        && sign.isSign("&")
        && word.end() == sign.start()
        && sign.end() == tokens.get(index).start();
  }

  /** The plain text, with blanks after it that make it as long as this. */
  String plain() {
    String sign = Pattern.quote(String.valueOf(escape));
    Matcher escapes =
        Pattern.compile(sign + "(?:(" + sign + ")|\\+(\\p{XDigit}{6})|(\\p{XDigit}{4})|)")
            .matcher(body);
    String text = "'" + escapes.replaceAll(found -> Matcher.quoteReplacement(of(found))) + "'";
    return text + " ".repeat(end - start - text.length());
  }

  private String of(MatchResult found) {
    if (found.group(1) != null) {
      return found.group(1);
    }
    String digits = found.group(2) != null ? found.group(2) : found.group(3);
    int point = digits == null ? -1 : Integer.parseInt(digits, 16);
    if (!Character.isValidCodePoint(point)) {
      throw new SourceException(
              ErrorKind.INVALID_VALUE, "in U&'" + body + "', an escape is no character")
          .withHint(
              "It is "
                  + escape
                  + " with four hexadecimal digits, "
                  + escape
                  + "+ with six, or "
                  + escape
                  + " twice for itself.");
    }
    String character = Character.toString(point);
    return character.equals("'") ? "''" : character;
  }
}
