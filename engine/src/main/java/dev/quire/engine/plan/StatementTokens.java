package dev.quire.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a statement's text into words, numbers, texts and signs; comments and blanks are none. */
final class StatementTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<skip>\\s+|--[^\\n]*|/\\*(?s:.*?)\\*/)"
              + "|(?<text>'(?:[^']++|'')*+')"
              + "|(?<quoted>\"(?:[^\"]++|\"\")*+\"|`[^`]*`)"
              + "|(?<unclosed>['\"`](?s:.*)|/\\*(?s:.*))"
              + "|(?<number>\\d[\\w.]*)"
              + "|(?<word>[\\p{L}_][\\p{L}\\p{N}_$]*)"
              + "|(?<sign>==|=>|=<|&&|<>|!=|<=|>=|\\|\\||(?s:.))");

  private StatementTokens() {}

  enum Kind {
    WORD,
    NUMBER,
    /** in single quotes */
    TEXT,
    /** a name in quotes */
    QUOTED,
    SIGN,
    /** from a quote or the beginning of a comment to the end */
    UNCLOSED
  }

  /** A part of the text, from one offset to before another. */
  record Token(Kind kind, String text, int start) {
    int end() {
      return kind == Kind.UNCLOSED ? start + 1 : start + text.length();
    }

    boolean isSign(String sign) {
      return kind == Kind.SIGN && text.equals(sign);
    }

    /** A word in upper case; empty for anything else. */
    String upper() {
      return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : "";
    }

    /** Whether this alone can be an item of a list. */
    boolean isOperand() {
      return kind == Kind.WORD || kind == Kind.NUMBER || kind == Kind.TEXT || kind == Kind.QUOTED;
    }
  }

  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      if (matcher.group("skip") == null) {
        tokens.add(new Token(kind(matcher), matcher.group(), matcher.start()));
      }
    }
    return tokens;
  }

  private static Kind kind(Matcher matcher) {
    if (matcher.group("text") != null) {
      return Kind.TEXT;
    } else if (matcher.group("quoted") != null) {
      return Kind.QUOTED;
    } else if (matcher.group("unclosed") != null) {
      return Kind.UNCLOSED;
    } else if (matcher.group("number") != null) {
      return Kind.NUMBER;
    }
    return matcher.group("word") != null ? Kind.WORD : Kind.SIGN;
  }
}
