package dev.quire.spi;

import java.util.Optional;

/**
 * A place to resume.
 *
 * @param page the page it was in; empty for the first
 * @param rowsDelivered how many rows of that page were already delivered
 */
public record Checkpoint(Optional<Continuation> page, int rowsDelivered) {

  /** Before the first row. */
  public static final Checkpoint START = new Checkpoint(Optional.empty(), 0);

  /** Whether it is before the first row. */
  public boolean isStart() {
    return page.isEmpty() && rowsDelivered == 0;
  }
}
