package dev.quire.chain;

import dev.quire.spi.Checkpoint;
import dev.quire.spi.Split;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where the reader of one split stands. Immutable.
 *
 * @param checkpoint the page it is in, and how many rows of it were delivered
 * @param ended whether all rows of the split were delivered
 * @param fingerprint of the first row of that page, by which a resume notices that the page has
 *     changed; empty where the page has no row or was not read
 * @param rest the rows that were not delivered, as a split of its own, where they come in the order
 *     of a key; it needs no continuation
 */
public record SplitPosition(
    Split split,
    Checkpoint checkpoint,
    boolean ended,
    OptionalLong fingerprint,
    Optional<Split> rest) {

  /** A place that its continuation alone tells. */
  public SplitPosition(
      Split split, Checkpoint checkpoint, boolean ended, OptionalLong fingerprint) {
    this(split, checkpoint, ended, fingerprint, Optional.empty());
  }

  /** Before the first row. */
  public static SplitPosition start(Split split) {
    return new SplitPosition(split, Checkpoint.START, false, OptionalLong.empty());
  }

  /** After more rows of the same page. */
  public SplitPosition after(int rows) {
    Checkpoint further = new Checkpoint(checkpoint.page(), checkpoint.rowsDelivered() + rows);
    return new SplitPosition(split, further, ended, fingerprint);
  }

  /** After the last row. */
  public SplitPosition atEnd() {
    return new SplitPosition(split, checkpoint, true, fingerprint);
  }

  public SplitPosition withRest(Optional<Split> undelivered) {
    return new SplitPosition(split, checkpoint, ended, fingerprint, undelivered);
  }
}
