package dev.quire.chain;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A budget that statements share and that comes back. Thread-safe. */
public interface SharedBudget {

  /**
   * Takes one call, if it is there.
   *
   * @return empty when it was taken, else why not
   */
  Optional<Shortage> take();

  /** Gives back a call that was taken and not made. */
  void giveBack();

  /** Notes what came of a call. */
  void spend(long bytes);

  /** How it stands. */
  List<BudgetState> states();

  /**
   * Nothing is left.
   *
   * @param what in a few words: {@code the day's 500 calls of crm are used up}
   * @param left until it is there again
   */
  record Shortage(String what, Duration left) {}
}
