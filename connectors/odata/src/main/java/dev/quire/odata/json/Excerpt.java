package dev.quire.odata.json;

/** Parts of an answer as messages show them: one line, bounded. */
public final class Excerpt {
  private Excerpt() {}

  /** At most {@code most} characters, white space folded, an ellipsis where it was cut. */
  public static String of(String text, int most) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= most ? line : line.substring(0, most) + "…";
  }
}
