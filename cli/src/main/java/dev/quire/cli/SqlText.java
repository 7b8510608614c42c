package dev.quire.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Statements in typed text, told apart by semicolons outside quotes and comments. Immutable.
 *
 * @param statements those that a semicolon ends, without it; blank ones are left out
 * @param rest what stands behind the last semicolon; blank when nothing but comments does
 */
record SqlText(List<String> statements, String rest) {
  SqlText {
    statements = List.copyOf(statements);
  }

  static SqlText parse(String text) {
    List<String> statements = new ArrayList<>();
    int start = 0;
    boolean blank = true;
    int i = 0;
    while (i < text.length()) {
      int end = skip(text, i);
      if (text.charAt(i) == ';') {
        if (!blank) {
          statements.add(text.substring(start, i).strip());
        }
        start = end;
        blank = true;
      } else if (!isComment(text, i) && !Character.isWhitespace(text.charAt(i))) {
        blank = false;
      }
      i = end;
    }
    return new SqlText(statements, blank && !isOpen(text) ? "" : text.substring(start));
  }

  /** Whether the text ends within a quote or a comment of several lines. */
  static boolean isOpen(String text) {
    int i = 0;
    while (i < text.length()) {
      int end = skip(text, i);
      if (end > text.length()) {
        return true;
      }
      i = end;
    }
    return false;
  }

  private static boolean isComment(String text, int at) {
    return text.startsWith("--", at) || text.startsWith("/*", at);
  }

  /** The end of the quote, comment or character at a place; beyond the text if it is open. */
  private static int skip(String text, int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      return after(text, String.valueOf(c), at + 1);
    }
    if (text.startsWith("/*", at)) {
      return after(text, "*/", at + 2);
    }
    if (text.startsWith("--", at)) {
      return Math.min(text.length(), after(text, "\n", at));
    }
    return at + 1;
  }

  private static int after(String text, String mark, int from) {
    int end = text.indexOf(mark, from);
    return end < 0 ? text.length() + 1 : end + mark.length();
  }
}
