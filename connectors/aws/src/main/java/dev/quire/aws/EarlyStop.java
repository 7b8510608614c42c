package dev.quire.aws;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends a chain whose rows come in the order of a moment, at the page whose last row lies beyond
 * what a statement wants. The order is checked while pages are read: from the first row that breaks
 * it the chain is read to its end. For one chain; one thread at a time.
 */
final class EarlyStop {
  private final String member;
  private final boolean descending;
  private final Instant bound;
  private @Nullable Instant previous;
  private boolean ordered = true;

  /**
   * @param member of a row
   * @param bound with a descending order rows before it are not wanted, else those after it
   */
  EarlyStop(String member, boolean descending, Instant bound) {
    this.member = member;
    this.descending = descending;
    this.bound = bound;
  }

  String member() {
    return member;
  }

  /** Takes the next row's moment; null where the row has none. */
  void see(@Nullable Instant moment) {
    Instant before = previous;
    if (moment == null) {
      ordered = false;
    } else {
      ordered &=
          before == null || (descending ? !moment.isAfter(before) : !moment.isBefore(before));
      previous = moment;
    }
  }

  /** Whether no later row can be wanted. */
  boolean isReached() {
    Instant last = previous;
    return ordered && last != null && (descending ? last.isBefore(bound) : last.isAfter(bound));
  }

  /** Whether a row broke the order. */
  boolean isBroken() {
    return !ordered;
  }
}
