package dev.quire.chain;

import java.util.Optional;

/**
 * Everything that bounds what goes to one source, or to all of them. Immutable.
 *
 * @param budget of each statement
 * @param onExceed what a statement does when one of these budgets is used up
 * @param day the budget of all statements of a day
 */
public record Bounds(Budget budget, OnExceed onExceed, Optional<SharedBudget> day) {
  /** No bound. */
  public static final Bounds NONE = of(Budget.NONE);

  /** Bounds of one statement alone, which fails at its end. */
  public static Bounds of(Budget budget) {
    return new Bounds(budget, OnExceed.ERROR, Optional.empty());
  }

  public Bounds withBudget(Budget other) {
    return new Bounds(other, onExceed, day);
  }

  public Bounds withOnExceed(OnExceed choice) {
    return new Bounds(budget, choice, day);
  }
}
