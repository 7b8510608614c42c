package dev.quire.spi;

/**
 * The opaque start of the next page: a next link, a token, an offset, in whatever text form the
 * connector chose. Two continuations are equal exactly if they ask for the same page.
 *
 * @param value never empty: an absent, null or empty token is the end of the chain and has no
 *     continuation
 */
public record Continuation(String value) {

  public Continuation {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an empty token is the end, not a continuation");
    }
  }

  /** Shortened: a continuation may hold keys of the data. */
  @Override
  public String toString() {
    return value.length() <= 60
        ? value
        : value.substring(0, 28) + "…" + value.substring(value.length() - 28);
  }
}
