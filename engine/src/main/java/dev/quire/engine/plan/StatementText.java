package dev.quire.engine.plan;

import dev.quire.engine.plan.StatementTokens.Token;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The text of a statement as the user wrote it and as the parser reads it: without EXPLAIN, a
 * closing semicolon and the N of {@code N'…'}, plain in place of some {@code U&'…'}, with quotes
 * around words that the parser would take for keywords, and with a call around a file's name in
 * FROM. Places in the second lead back to the first. Immutable.
 */
final class StatementText {
  private final String original;
  private final String parsed;
  private final boolean explain;

  /** Offsets in {@link #parsed} of the signs that were added, ascending. */
  private final List<Integer> inserted;

  private StatementText(String original, String parsed, boolean explain, List<Integer> inserted) {
    this.original = original;
    this.parsed = parsed;
    this.explain = explain;
    this.inserted = List.copyOf(inserted);
  }

  static StatementText of(String sql) {
    int begin = explainEnd(sql);
    StringBuilder text = new StringBuilder(sql);
    for (int i = 0; i < begin; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
    List<Token> tokens = StatementTokens.of(sql);
    for (int i = tokens.size() - 1; i >= 0 && tokens.get(i).isSign(";"); i--) {
      text.setCharAt(tokens.get(i).start(), ' ');
    }
    for (int i = 1; i < tokens.size(); i++) {
      if (isNational(tokens.get(i - 1), tokens.get(i))) {
        text.setCharAt(tokens.get(i - 1).start(), ' ');
      }
      UnicodeText.at(tokens, i)
          .ifPresent(unicode -> text.replace(unicode.start(), unicode.end(), unicode.plain()));
    }
    return new StatementText(sql, text.toString(), begin > 0, List.of());
  }

  /** Whether two tokens are {@code N'…'}, the same text as without the N. */
  private static boolean isNational(Token prefix, Token text) {
    return prefix.upper().equals("N")
        && text.kind() == StatementTokens.Kind.TEXT
        && text.start() == prefix.end();
  }

  /** Where the words EXPLAIN or EXPLAIN PLAN FOR end; 0 without them. */
  private static int explainEnd(String sql) {
    Matcher matcher =
        Pattern.compile("\\s*EXPLAIN(\\s+PLAN\\s+FOR)?(?=[\\s(]|$)", Pattern.CASE_INSENSITIVE)
            .matcher(sql);
    return matcher.lookingAt() ? matcher.end() : 0;
  }

  String parsed() {
    return parsed;
  }

  boolean explain() {
    return explain;
  }

  /** As the user wrote it. */
  String original() {
    return original;
  }

  /** Whether nothing but blanks and comments is there. */
  boolean isBlank() {
    return StatementTokens.of(parsed).isEmpty();
  }

  /** Backticks where the user quotes names with them, else double quotes. */
  Quoting quoting() {
    return original.indexOf('`') >= 0 && original.indexOf('"') < 0
        ? Quoting.BACK_TICK
        : Quoting.DOUBLE_QUOTE;
  }

  /** The offset of a line and column, both from 1, in the parsed text. */
  int offset(int line, int column) {
    int start = 0;
    for (int i = 1; i < line; i++) {
      int end = parsed.indexOf('\n', start);
      if (end < 0) {
        return parsed.length();
      }
      start = end + 1;
    }
    return Math.max(0, Math.min(parsed.length(), start + column - 1));
  }

  /** The text at a place, as the parser reads it. */
  String at(SqlParserPos pos) {
    int from = offset(pos.getLineNum(), pos.getColumnNum());
    int to = offset(pos.getEndLineNum(), pos.getEndColumnNum()) + 1;
    return from >= to || to > parsed.length() ? "" : parsed.substring(from, to);
  }

  /** Whether a name at a place is in double quotes that the user wrote. */
  boolean isInDoubleQuotes(SqlParserPos pos) {
    int from = offset(pos.getLineNum(), pos.getColumnNum());
    int quote = from > 0 && parsed.charAt(from) != '"' ? from - 1 : from;
    return parsed.charAt(quote) == '"' && !inserted.contains(quote);
  }

  /** The same text with quotes around a part of it. */
  StatementText withQuotes(int from, int to) {
    return withAround(from, to, quoting().string, quoting().string);
  }

  /** The same text with more before and after a part of it. */
  StatementText withAround(int from, int to, String before, String after) {
    String changed =
        parsed.substring(0, from)
            + before
            + parsed.substring(from, to)
            + after
            + parsed.substring(to);
    List<Integer> all = new ArrayList<>();
    for (int at : inserted) {
      all.add(at + (at >= from ? before.length() : 0) + (at >= to ? after.length() : 0));
    }
    for (int i = 0; i < before.length(); i++) {
      all.add(from + i);
    }
    for (int i = 0; i < after.length(); i++) {
      all.add(to + before.length() + i);
    }
    Collections.sort(all);
    return new StatementText(original, changed, explain, all);
  }

  /** Where a place in the parsed text is in the user's. */
  int originalOffset(SqlParserPos pos) {
    return originalOffset(offset(pos.getLineNum(), pos.getColumnNum()));
  }

  private int originalOffset(int offset) {
    return offset - (int) inserted.stream().filter(at -> at < offset).count();
  }

  /** An error at a place, with the line and a caret under the place. */
  SourceException fault(ErrorKind kind, String problem, SqlParserPos pos) {
    return fault(kind, problem, pos, "");
  }

  /** As {@link #fault(ErrorKind, String, SqlParserPos)}, with advice below the caret. */
  SourceException fault(ErrorKind kind, String problem, SqlParserPos pos, String advice) {
    if (pos.getLineNum() <= 0) {
      SourceException bare = new SourceException(kind, problem);
      return advice.isEmpty() ? bare : bare.withHint(advice);
    }
    int from = originalOffset(offset(pos.getLineNum(), pos.getColumnNum()));
    int to = originalOffset(offset(pos.getEndLineNum(), pos.getEndColumnNum()) + 1);
    return fault(kind, problem, from, Math.max(to, from + 1), advice);
  }

  /** The place of a name inside a longer place: its last occurrence, or the whole. */
  SqlParserPos within(SqlParserPos pos, String name) {
    int found = at(pos).lastIndexOf(name);
    if (found < 0 || pos.getLineNum() != pos.getEndLineNum()) {
      return pos;
    }
    int column = pos.getColumnNum() + found;
    return new SqlParserPos(pos.getLineNum(), column, pos.getLineNum(), column + name.length() - 1);
  }

  /** An error at the end of the statement. */
  SourceException faultAtEnd(ErrorKind kind, String problem) {
    int end = original.stripTrailing().length();
    return fault(kind, problem, end, end + 1, "");
  }

  /** An error at offsets in the user's text, with advice below the caret. */
  SourceException fault(ErrorKind kind, String problem, int from, int to, String advice) {
    int lineStart = original.lastIndexOf('\n', Math.max(0, from - 1)) + 1;
    int lineEnd = original.indexOf('\n', from);
    String line = original.substring(lineStart, lineEnd < 0 ? original.length() : lineEnd);
    long number = original.substring(0, lineStart).chars().filter(c -> c == '\n').count() + 1;
    int column = from - lineStart;
    int length = Math.max(1, Math.min(to - from, line.length() - column));
    String caret = blanks(line.substring(0, column)) + "^".repeat(length);
    return new SourceException(kind, problem)
        .withPlace("line " + number + ", column " + (column + 1))
        .withHint(line + "\n  " + caret + (advice.isEmpty() ? "" : "\n  " + advice));
  }

  /** As wide as a text on a terminal. */
  private static String blanks(String text) {
    StringBuilder blanks = new StringBuilder();
    text.codePoints()
        .forEach(c -> blanks.append(c == '\t' ? '\t' : c >= 0x1100 && isWide(c) ? '\u3000' : ' '));
    return blanks.toString();
  }

  private static boolean isWide(int codePoint) {
    Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
    return script == Character.UnicodeScript.HAN
        || script == Character.UnicodeScript.HIRAGANA
        || script == Character.UnicodeScript.KATAKANA
        || script == Character.UnicodeScript.HANGUL
        || (codePoint >= 0xff01 && codePoint <= 0xff60);
  }
}
