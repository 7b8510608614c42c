package dev.quire.spi;

import java.util.regex.Pattern;

/**
 * The opaque start of the next page: a next link, a token, an offset, in whatever text form the
 * connector chose. Two continuations are equal exactly if they ask for the same page.
 *
 * @param value never empty: an absent, null or empty token is the end of the chain and has no
 *     continuation
 */
public record Continuation(String value) {
  /** Parameters that are neither OData's own nor a small number. */
  private static final Pattern UNKNOWN =
      Pattern.compile("([?&](?!\\$)[^=&]*=)(?!\\d{1,9}(?:&|$))[^&]*");

  public Continuation {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an empty token is the end, not a continuation");
    }
  }

  /**
   * Shortened, and without the parameters that may be credentials: a service may repeat a key of
   * any name in its links.
   */
  @Override
  public String toString() {
    String shown = UNKNOWN.matcher(value).replaceAll("$1***");
    return shown.length() <= 60
        ? shown
        : shown.substring(0, 28) + "…" + shown.substring(shown.length() - 28);
  }
}
