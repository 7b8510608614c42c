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
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(?i)([?&][^=&]*(?:api[_-]?key|subscription-key|access[_-]?token|secret|password|sig|signature)=)[^&]*");

  public Continuation {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an empty token is the end, not a continuation");
    }
  }

  /** Shortened and without credentials: a continuation may hold keys of the data or of the API. */
  @Override
  public String toString() {
    String shown = CREDENTIALS.matcher(value).replaceAll("$1***");
    return shown.length() <= 60
        ? shown
        : shown.substring(0, 28) + "…" + shown.substring(shown.length() - 28);
  }
}
