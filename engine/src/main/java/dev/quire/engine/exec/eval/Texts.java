package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What SQL does with texts. Positions and lengths count code points, from 1. */
final class Texts {
  private static final int LONGEST = 100_000_000;

  private Texts() {}

  static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  /** NULLs are left out. */
  static String concatenation(String between, List<Evaluator> parts, @Nullable Object[] row) {
    StringBuilder all = new StringBuilder();
    boolean first = true;
    for (Evaluator part : parts) {
      Object value = part.eval(row);
      if (value != null) {
        all.append(first ? "" : between).append(TextValues.text(value));
        first = false;
      }
    }
    return all.toString();
  }

  static String initCap(String text) {
    StringBuilder all = new StringBuilder(text.length());
    boolean inWord = false;
    for (int point : text.codePoints().toArray()) {
      boolean isPart = Character.isLetterOrDigit(point);
      all.appendCodePoint(
          inWord ? Character.toLowerCase(point) : isPart ? Character.toUpperCase(point) : point);
      inWord = isPart;
    }
    return all.toString();
  }

  /** The characters from position {@code start} to {@code start + length - 1} that exist. */
  static String substring(String text, int start, long length) {
    if (length < 0) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "SUBSTRING takes no negative length: " + length);
    }
    int points = length(text);
    long from = Math.max(start, 1);
    long to = Math.min((long) start + length, (long) points + 1);
    return from >= to ? "" : cut(text, (int) from - 1, (int) to - 1);
  }

  private static String cut(String text, int from, int to) {
    int begin = text.offsetByCodePoints(0, from);
    return text.substring(begin, text.offsetByCodePoints(begin, to - from));
  }

  /** A negative count leaves out so many at the end. */
  static String left(String text, int count) {
    int points = length(text);
    return cut(text, 0, Math.max(0, count < 0 ? points + count : Math.min(count, points)));
  }

  /** A negative count leaves out so many at the start. */
  static String right(String text, int count) {
    int points = length(text);
    int taken = Math.max(0, count < 0 ? points + count : Math.min(count, points));
    return cut(text, points - taken, points);
  }

  /** Where a part first occurs at or after a position; 0 for nowhere. */
  static int position(String part, String text, int from) {
    if (from < 1 || from > length(text) + 1) {
      return 0;
    }
    int index = text.indexOf(part, text.offsetByCodePoints(0, from - 1));
    return index < 0 ? 0 : text.codePointCount(0, index) + 1;
  }

  static String trim(String text, String characters, boolean leading, boolean trailing) {
    int start = 0;
    int end = text.length();
    while (leading && start < end && characters.indexOf(text.codePointAt(start)) >= 0) {
      start += Character.charCount(text.codePointAt(start));
    }
    while (trailing && start < end && characters.indexOf(text.codePointBefore(end)) >= 0) {
      end -= Character.charCount(text.codePointBefore(end));
    }
    return text.substring(start, end);
  }

  static String repeat(String text, int count) {
    checkLength((long) text.length() * Math.max(count, 0));
    return text.repeat(Math.max(count, 0));
  }

  static String pad(String text, int length, String with, boolean atStart) {
    int missing = length - length(text);
    if (missing <= 0 || with.isEmpty()) {
      return left(text, Math.max(0, Math.min(length, length(text))));
    }
    checkLength(length);
    String padding = left(with.repeat(missing / length(with) + 1), missing);
    return atStart ? padding + text : text + padding;
  }

  private static void checkLength(long length) {
    if (length > LONGEST) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "a text of " + length + " characters is too long");
    }
  }

  /** The part of that number, from 1, or from the end if it is negative; empty if there is none. */
  static String splitPart(String text, String separator, int number) {
    if (number == 0) {
      throw new SourceException(ErrorKind.INVALID_VALUE, "SPLIT_PART counts parts from 1, not 0");
    }
    String[] parts =
        separator.isEmpty() ? new String[] {text} : text.split(Pattern.quote(separator), -1);
    int index = number > 0 ? number - 1 : parts.length + number;
    return index < 0 || index >= parts.length ? "" : parts[index];
  }

  static String digest(String algorithm, String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }
}
