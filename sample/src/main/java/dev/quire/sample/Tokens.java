package dev.quire.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an OData expression, read from left to right. One thread at a time. */
final class Tokens {
  /** What kind of word it is. */
  enum Kind {
    STRING("'(?:[^']|'')*'"),
    DATE_TIME("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d:\\d\\d)"),
    GUID("[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}(?![\\w-])"),
    DATE("\\d{4}-\\d\\d-\\d\\d(?![\\w-])"),
    NUMBER("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w.-])"),
    WORD("[A-Za-z_$][\\w.]*"),
    SIGN("[(),/:]"),
    END("\\z");

    private final Pattern pattern;

    Kind(String regex) {
      pattern = Pattern.compile(regex);
    }
  }

  private record Token(Kind kind, String text, int position) {}

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  Tokens(String source) {
    this.source = source;
    int position = 0;
    while (position < source.length()) {
      if (source.charAt(position) == ' ') {
        position++;
      } else {
        Token token = tokenAt(position);
        tokens.add(token);
        position += token.text.length();
      }
    }
    tokens.add(new Token(Kind.END, "", source.length()));
  }

  Kind kind() {
    return tokens.get(at).kind;
  }

  String text() {
    return tokens.get(at).text;
  }

  /** Whether the next word is this one; words are case-sensitive. */
  boolean at(String word) {
    return text().equals(word) && kind() != Kind.STRING;
  }

  /** Whether the word after the next is this one. */
  boolean followedBy(String word) {
    return at + 1 < tokens.size() && tokens.get(at + 1).text.equals(word);
  }

  /** Takes the next word. */
  String take() {
    String text = text();
    at = Math.min(at + 1, tokens.size() - 1);
    return text;
  }

  /** Takes the next word if it is this one. */
  boolean takeIf(String word) {
    boolean there = at(word);
    if (there) {
      take();
    }
    return there;
  }

  void expect(String word) {
    if (!takeIf(word)) {
      throw fault();
    }
  }

  String takeWord() {
    if (kind() != Kind.WORD) {
      throw fault();
    }
    return take();
  }

  void expectEnd() {
    if (kind() != Kind.END) {
      throw fault();
    }
  }

  /** The error for a word that does not belong here. */
  ODataFault fault() {
    return fault(tokens.get(at).position);
  }

  private ODataFault fault(int position) {
    return ODataFault.malformed(
        String.format(Locale.ROOT, "Syntax error at position %d in '%s'.", position, source));
  }

  private Token tokenAt(int position) {
    for (Kind kind : Kind.values()) {
      Matcher matcher = kind.pattern.matcher(source).region(position, source.length());
      matcher.useTransparentBounds(true);
      if (matcher.lookingAt()) {
        return new Token(kind, matcher.group(), position);
      }
    }
    throw fault(position);
  }
}
