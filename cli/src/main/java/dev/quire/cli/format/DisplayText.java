package dev.quire.cli.format;

import java.util.Locale;
import org.jline.utils.WCWidth;

/**
 * Text as a terminal shows it: its width in columns, cut to fit, and with everything that could
 * move the cursor or turn the writing direction made visible.
 */
public final class DisplayText {
  private static final int JOINER = 0x200D;

  private DisplayText() {}

  /** The text with control characters, line ends and direction marks written as escapes. */
  public static String harmless(String text) {
    int first = 0;
    while (first < text.length() && !isHarmful(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      append(text.charAt(i), out);
    }
    return out.toString();
  }

  private static void append(char c, StringBuilder out) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        if (isHarmful(c)) {
          out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }

  private static boolean isHarmful(char c) {
    return c < 0x20
        || (c >= 0x7f && c < 0xa0)
        || c == 0x200E
        || c == 0x200F
        || (c >= 0x2028 && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /** As {@link #harmless}, with its line ends kept: for messages of several lines. */
  public static String harmlessLines(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (String line : text.split("\r?\n", -1)) {
      out.append(out.length() == 0 ? "" : "\n").append(harmless(line));
    }
    return out.toString();
  }

  /** Columns that a harmless text takes. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      width += widthAt(text, i);
    }
    return width;
  }

  /** The columns that the code point at an index adds to what stands before it. */
  private static int widthAt(String text, int index) {
    int codePoint = text.codePointAt(index);
    if (codePoint < 0x7f) {
      return 1;
    }
    if (index > 0 && text.codePointBefore(index) == JOINER) {
      return 0;
    }
    // A flag is a pair of letters; each counts for half.
    if (codePoint >= 0x1F1E6 && codePoint <= 0x1F1FF) {
      return 1;
    }
    return Math.max(0, WCWidth.wcwidth(codePoint));
  }

  /** The text if it fits, else its beginning and an ellipsis. */
  public static String fitted(String text, int columns) {
    if (text.length() * 2 <= columns || width(text) <= columns) {
      return text;
    }
    int width = 0;
    int end = 0;
    while (end < text.length()) {
      int more = widthAt(text, end);
      if (width + more > columns - 1) {
        break;
      }
      width += more;
      end += Character.charCount(text.codePointAt(end));
    }
    return text.substring(0, end) + "…";
  }

  /** The text with blanks up to a width; longer texts stay as they are. */
  static String padded(String text, int columns, boolean right) {
    String blanks = " ".repeat(Math.max(0, columns - width(text)));
    return right ? blanks + text : text + blanks;
  }
}
