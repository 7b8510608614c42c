package dev.quire.spi;

/**
 * How many rows a scan will give.
 *
 * @param how where the number comes from, as a short clause: {@code $count}, {@code the limit}
 */
public record RowEstimate(long rows, Certainty certainty, String how) {

  /** What the number is. */
  public enum Certainty {
    EXACT,
    AT_LEAST,
    AT_MOST,
    APPROXIMATE
  }
}
