package dev.quire.engine.config;

import dev.quire.chain.Budget;
import dev.quire.chain.OnExceed;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A section {@code limits}: for all sources, or for one. Immutable.
 *
 * @param budget of each statement
 * @param onExceed what a statement does when one of these is used up
 * @param callsPerDay of all statements and processes that share the state folder
 * @param bytesPerDay likewise
 */
public record LimitSettings(
    Budget budget,
    Optional<OnExceed> onExceed,
    OptionalLong callsPerDay,
    OptionalLong bytesPerDay) {
  public static final LimitSettings NONE =
      new LimitSettings(Budget.NONE, Optional.empty(), OptionalLong.empty(), OptionalLong.empty());
}
