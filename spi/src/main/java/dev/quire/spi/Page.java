package dev.quire.spi;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One response of the remote API. A page without rows is not the end; a page without next is.
 *
 * @param rows each an array with one value per wanted column, in the wanted order, of the class
 *     that {@link DataType.Kind} names, or null. Owned by the receiver
 * @param next where the next page starts; empty at the end
 * @param announcedTotal the number of rows that the API says the whole scan has, where it says so
 */
public record Page(
    List<@Nullable Object[]> rows, Optional<Continuation> next, OptionalLong announcedTotal) {

  public Page(List<@Nullable Object[]> rows, Optional<Continuation> next) {
    this(rows, next, OptionalLong.empty());
  }
}
