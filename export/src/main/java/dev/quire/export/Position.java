package dev.quire.export;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far an output is, in the words of the one who writes it: bytes, parts. Immutable.
 *
 * @param numbers names to numbers, 0 and above
 */
public record Position(SortedMap<String, Long> numbers) {
  public Position {
    numbers = Collections.unmodifiableSortedMap(new TreeMap<>(numbers));
  }

  public static Position of(Map<String, Long> numbers) {
    return new Position(new TreeMap<>(numbers));
  }

  /** The number of this name; 0 if there is none. */
  public long of(String name) {
    return numbers.getOrDefault(name, 0L);
  }
}
