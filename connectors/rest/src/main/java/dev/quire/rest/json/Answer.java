package dev.quire.rest.json;

import dev.quire.rest.spec.Pointer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A page as it came. Immutable.
 *
 * @param body values of the body that were looked for
 * @param lastRow values of the last row that were looked for
 * @param prints a hash of each row with all that it has, wanted or not; empty if nobody asked
 * @param tail how many rows at the end share the values that were looked for in the last
 */
public record Answer(
    List<@Nullable Object[]> rows,
    Map<Pointer, Found> body,
    Map<Pointer, Found> lastRow,
    List<Long> prints,
    int tail) {

  public Optional<Found> find(Pointer pointer) {
    return Optional.ofNullable(body.get(pointer));
  }
}
