package dev.quire.http;

/** Parts of what a service sent, as messages show them. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * One line of at most {@code most} characters: white space folded, nothing that steers a
   * terminal, an ellipsis where it was cut.
   */
  public static String of(String text, int most) {
    String start = text.substring(0, Math.min(text.length(), 4 * most));
    String line = start.replaceAll("[\\s\\p{Cc}]+", " ").strip();
    return line.codePointCount(0, line.length()) <= most
        ? line
        : line.substring(0, line.offsetByCodePoints(0, most)) + "…";
  }
}
