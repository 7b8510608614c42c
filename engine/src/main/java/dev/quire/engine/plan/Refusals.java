package dev.quire.engine.plan;

import dev.quire.engine.plan.Offer.Extent;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What sources have declined at run time after they had accepted it, by the place of the table
 * ({@code crm.accounts}). Immutable.
 *
 * @param groups tables that are asked for rows, and for no groups of them
 * @param everything tables that are asked for columns only
 */
public record Refusals(Set<String> groups, Set<String> everything) {
  public static final Refusals NONE = new Refusals(Set.of(), Set.of());

  public Refusals {
    groups = Set.copyOf(groups);
    everything = Set.copyOf(everything);
  }

  /**
   * With one more refusal of a table: the first time of its groups alone, if it was asked for
   * groups. Empty if nothing is left that it could have refused.
   */
  public Optional<Refusals> with(String place, boolean grouped) {
    if (grouped && !groups.contains(place)) {
      return Optional.of(new Refusals(with(groups, place), everything));
    }
    return everything.contains(place)
        ? Optional.empty()
        : Optional.of(new Refusals(groups, with(everything, place)));
  }

  private static Set<String> with(Set<String> places, String place) {
    Set<String> more = new HashSet<>(places);
    more.add(place);
    return more;
  }

  /** What a table may still be asked for. */
  Extent extent(String place) {
    return everything.contains(place)
        ? Extent.COLUMNS
        : groups.contains(place) ? Extent.ROWS : Extent.GROUPS;
  }
}
