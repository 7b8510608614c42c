package dev.quire.rest.json;

import dev.quire.rest.spec.Pointer;
import java.util.Set;

/**
 * What is looked for in an answer besides its rows' columns. Immutable.
 *
 * @param ofBody values of the body
 * @param ofLastRow values of the last row
 * @param prints whether the rows' hashes are wanted
 */
public record Wanted(Set<Pointer> ofBody, Set<Pointer> ofLastRow, boolean prints) {
  public Wanted {
    ofBody = Set.copyOf(ofBody);
    ofLastRow = Set.copyOf(ofLastRow);
  }
}
