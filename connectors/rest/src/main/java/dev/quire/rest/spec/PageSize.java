package dev.quire.rest.spec;

import java.util.OptionalInt;

/**
 * How the number of rows of a page is asked for. Immutable.
 *
 * @param place where the request says it
 * @param usual what is asked for when nobody says otherwise
 * @param most what the API gives at most
 */
public record PageSize(Place place, OptionalInt usual, OptionalInt most) {

  /** The size to ask for: what is wanted, else the usual, else the most; empty to leave it out. */
  public OptionalInt clamp(OptionalInt wanted) {
    OptionalInt size = wanted.isPresent() ? wanted : usual.isPresent() ? usual : most;
    return size.isPresent() && most.isPresent()
        ? OptionalInt.of(Math.min(size.getAsInt(), most.getAsInt()))
        : size;
  }
}
