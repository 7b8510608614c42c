package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementTokens.Kind;
import dev.quire.engine.plan.StatementTokens.Token;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.SourceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a statement that the parser cannot read. For one statement. */
final class SyntaxFaults {
  private static final Map<String, String> OTHER_SIGNS =
      Map.of(
          "==", "SQL compares with =",
          "&&", "SQL says AND",
          "=>", "SQL writes >=",
          "=<", "SQL writes <=",
          "[", "names go into double quotes: \"my column\"",
          "`", "names go into double quotes: \"my column\"",
          "#", "a comment begins with --");
  private static final String CURLY = "\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb";
  private static final Set<String> CLAUSES =
      Set.of(
          "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "JOIN",
          "UNION");
  private static final List<String> KEYWORDS =
      Stream.concat(
              CLAUSES.stream().sorted(),
              Stream.of(
                  "AND", "AS", "BETWEEN", "BY", "DESC", "IN", "IS", "LIKE", "NOT", "NULL", "ON"))
          .toList();
  private static final Set<String> NEVER_LAST_SIGNS =
      Set.of("=", "<", ">", "<>", "!=", "<=", ">=", "||", ",", ".", "+", "-", "/");

  private final StatementText text;
  private final List<Token> tokens;

  SyntaxFaults(StatementText text) {
    this.text = text;
    this.tokens = StatementTokens.of(text.original());
  }

  /**
   * What the text itself shows to be wrong, whatever the parser says: quotes, brackets, a second
   * statement, signs of other languages. Empty if nothing stands out.
   */
  Optional<SourceException> obvious() {
    SourceException found = unclosed();
    if (found == null) {
      found = signs();
    }
    return Optional.ofNullable(found == null ? brackets() : found);
  }

  private @Nullable SourceException unclosed() {
    for (Token token : tokens) {
      if (token.kind() == Kind.UNCLOSED) {
        String what = token.text().startsWith("/*") ? "comment" : "quote";
        String advice =
            token.text().startsWith("'") ? "A quote inside of a text is doubled: 'it''s'." : "";
        return at(token, "this " + what + " is not closed", advice);
      }
    }
    return null;
  }

  private @Nullable SourceException signs() {
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.isSign(";")) {
        return at(token, "the statement ends here; run one statement at a time", "");
      }
      String other = token.kind() == Kind.SIGN ? OTHER_SIGNS.get(token.text()) : null;
      if (other != null) {
        return at(token, "'" + token.text() + "' is not SQL; " + other, "");
      }
      if (token.kind() == Kind.SIGN && CURLY.contains(token.text())) {
        return at(token, "this is not a quote of SQL; text goes into single quotes: 'text'", "");
      }
      if (token.isSign(",") && i + 1 < tokens.size() && endsList(tokens.get(i + 1))) {
        return at(token, "there is a comma too many", "");
      }
    }
    return null;
  }

  private static boolean endsList(Token token) {
    return token.isSign(",") || token.upper().equals("FROM") || token.upper().equals("WHERE");
  }

  private @Nullable SourceException brackets() {
    Deque<Token> open = new ArrayDeque<>();
    for (Token token : tokens) {
      if (token.isSign("(")) {
        open.push(token);
      } else if (token.isSign(")") && open.poll() == null) {
        return at(token, "this bracket closes none", "");
      }
    }
    return open.isEmpty() ? null : at(open.peek(), "this bracket is not closed", "");
  }

  /**
   * What is wrong where the parser stopped.
   *
   * @param offset in the user's text
   * @param expected what could stand there, or empty
   */
  SourceException at(int offset, String expected) {
    int index = 0;
    while (index < tokens.size() && tokens.get(index).end() <= offset) {
      index++;
    }
    if (index >= tokens.size() || (index == tokens.size() - 1 && isNeverLast(tokens.get(index)))) {
      return atEnd();
    }
    Token token = tokens.get(index);
    Token before = index == 0 ? null : tokens.get(index - 1);
    String problem = "the statement cannot be read at '" + token.text() + "'";
    Optional<String> mistyped =
        mistyped(token).or(() -> before == null ? Optional.empty() : mistyped(before));
    if (mistyped.isPresent()) {
      return at(token, problem, mistyped.get());
    }
    return at(token, problem, before == null ? expected : advice(index, expected));
  }

  private static boolean isNeverLast(Token token) {
    return (KEYWORDS.contains(token.upper()) && !token.upper().matches("DESC|NULL"))
        || (token.kind() == Kind.SIGN && NEVER_LAST_SIGNS.contains(token.text()));
  }

  SourceException atEnd() {
    return text.faultAtEnd(ErrorKind.SYNTAX, "the statement ends too early");
  }

  private String advice(int index, String expected) {
    Token before = tokens.get(index - 1);
    Token token = tokens.get(index);
    boolean hasFrom = tokens.stream().anyMatch(each -> each.upper().equals("FROM"));
    if (token.kind() == Kind.SIGN && token.text().codePointAt(0) > 127) {
      return "A name with such signs goes into double quotes.";
    } else if (before.upper().equals("TOP")) {
      return "The number of rows stands at the end: LIMIT " + token.text();
    } else if (!hasFrom && tokens.get(0).upper().equals("SELECT") && isClause(token)) {
      return "FROM is missing before it.";
    } else if (isItem(before) && isItem(token) && clause(index).equals("SELECT")) {
      return "Is a comma missing before it?";
    }
    return expected;
  }

  private static boolean isItem(Token token) {
    return token.isOperand() && !KEYWORDS.contains(token.upper());
  }

  /** The word that begins the clause in which a token stands. */
  private String clause(int index) {
    for (int i = index - 1; i >= 0; i--) {
      if (isClause(tokens.get(i))) {
        return tokens.get(i).upper();
      }
    }
    return "";
  }

  private static boolean isClause(Token token) {
    return CLAUSES.contains(token.upper());
  }

  private static Optional<String> mistyped(Token token) {
    boolean isWord = token.kind() == Kind.WORD && token.text().length() > 2;
    return isWord && !KEYWORDS.contains(token.upper())
        ? Nearest.question(token.upper(), KEYWORDS)
        : Optional.empty();
  }

  private SourceException at(Token token, String problem, String advice) {
    return text.fault(ErrorKind.SYNTAX, problem, token.start(), token.end(), advice);
  }
}
