package dev.quire.json;

/**
 * Passes over values, and checks them by RFC 8259. The bytes end with a 0, which no value has, so
 * that no bound is asked for.
 */
final class Skim {
  /** Deeper values are left to others. */
  static final int MOST_DEPTH = 64;

  private static final int MOST_NUMBER = 100;

  private Skim() {}

  /** The place of the first byte that is not white space. */
  static int space(byte[] b, int i) {
    return b[i] > ' ' ? i : blanks(b, i);
  }

  private static int blanks(byte[] b, int from) {
    int i = from;
    byte c = b[i];
    while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
      c = b[++i];
    }
    return i;
  }

  /** The place after the value that begins at {@code i}. */
  static int value(byte[] b, int i, int depth) throws UncertainException {
    return b[i] == '"' ? string(b, i + 1) : other(b, i, depth);
  }

  private static int other(byte[] b, int i, int depth) throws UncertainException {
    return switch (b[i]) {
      case '{' -> object(b, i + 1, depth + 1);
      case '[' -> array(b, i + 1, depth + 1);
      case 't' -> literal(b, i, "true");
      case 'f' -> literal(b, i, "false");
      case 'n' -> literal(b, i, "null");
      default -> number(b, i);
    };
  }

  /** The place of the first byte that is a quote, a backslash, a control character or not ASCII. */
  static int plain(byte[] b, int from) {
    int i = from;
    int last = b.length - 8;
    while (i <= last) {
      long marks = Eight.special(Eight.at(b, i));
      if (marks != 0) {
        return i + Eight.first(marks);
      }
      i += 8;
    }
    byte c = b[i];
    while (c >= ' ' && c != '"' && c != '\\') {
      c = b[++i];
    }
    return i;
  }

  /** The place after the closing quote of a string whose characters begin at {@code from}. */
  static int string(byte[] b, int from) throws UncertainException {
    int i = plain(b, from);
    return b[i] == '"' ? i + 1 : special(b, i);
  }

  private static int special(byte[] b, int from) throws UncertainException {
    int i = from;
    byte c = b[i];
    while (c != '"') {
      i = plain(b, c == '\\' ? escape(b, i + 1) : Utf8.next(b, i));
      c = b[i];
    }
    return i + 1;
  }

  private static int escape(byte[] b, int i) throws UncertainException {
    switch (b[i]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return i + 1;
      }
      case 'u' -> {
        if (Hex.value(b, i + 1, 4) >= 0) {
          return i + 5;
        }
      }
      default -> {}
    }
    throw UncertainException.INSTANCE;
  }

  private static int object(byte[] b, int from, int depth) throws UncertainException {
    if (depth > MOST_DEPTH) {
      throw UncertainException.INSTANCE;
    }
    int i = space(b, from);
    if (b[i] == '}') {
      return i + 1;
    }
    while (true) {
      i = space(b, string(b, require(b, i, '"')));
      i = space(b, require(b, i, ':'));
      i = space(b, value(b, i, depth));
      if (b[i] == '}') {
        return i + 1;
      }
      i = space(b, require(b, i, ','));
    }
  }

  private static int array(byte[] b, int from, int depth) throws UncertainException {
    if (depth > MOST_DEPTH) {
      throw UncertainException.INSTANCE;
    }
    int i = space(b, from);
    if (b[i] == ']') {
      return i + 1;
    }
    while (true) {
      i = space(b, value(b, i, depth));
      if (b[i] == ']') {
        return i + 1;
      }
      i = space(b, require(b, i, ','));
    }
  }

  /** The place after a character that must be there. */
  static int require(byte[] b, int i, char c) throws UncertainException {
    if (b[i] != c) {
      throw UncertainException.INSTANCE;
    }
    return i + 1;
  }

  static int literal(byte[] b, int from, String text) throws UncertainException {
    int i = from;
    for (int k = 0; k < text.length(); k++) {
      i = require(b, i, text.charAt(k));
    }
    return i;
  }

  private static int number(byte[] b, int from) throws UncertainException {
    int first = b[from] == '-' ? from + 1 : from;
    int i = digits(b, first);
    if (b[first] == '0' && i > first + 1) {
      throw UncertainException.INSTANCE;
    }
    if (b[i] == '.') {
      i = digits(b, i + 1);
    }
    if (b[i] == 'e' || b[i] == 'E') {
      i++;
      i = digits(b, b[i] == '+' || b[i] == '-' ? i + 1 : i);
    }
    if (i - from > MOST_NUMBER) {
      throw UncertainException.INSTANCE;
    }
    return i;
  }

  /** One at least. */
  private static int digits(byte[] b, int from) throws UncertainException {
    int i = from;
    while (b[i] >= '0' && b[i] <= '9') {
      i++;
    }
    if (i == from) {
      throw UncertainException.INSTANCE;
    }
    return i;
  }
}
