package dev.quire.rest.paging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A part of a table whose rows, or pages, are counted; read beside the others. Immutable.
 *
 * @param from the count of its first row or page
 * @param to the count after its last; empty for all that follow
 * @param first the hash of the whole table's first page, which must not come again here; empty in
 *     the range that begins with it
 */
public record Range(long from, OptionalLong to, Optional<Long> first) {

  /** The range as the hints of a split. */
  public Map<String, String> hints() {
    Map<String, String> hints = new LinkedHashMap<>();
    hints.put("from", Long.toString(from));
    to.ifPresent(end -> hints.put("to", Long.toString(end)));
    first.ifPresent(print -> hints.put("first", Long.toHexString(print)));
    return hints;
  }

  /** The range that a split's hints say; empty for the whole table. */
  public static Optional<Range> of(Map<String, String> hints) {
    return Optional.ofNullable(hints.get("from"))
        .map(
            from ->
                new Range(
                    Long.parseLong(from),
                    hints.containsKey("to")
                        ? OptionalLong.of(Long.parseLong(hints.get("to")))
                        : OptionalLong.empty(),
                    Optional.ofNullable(hints.get("first"))
                        .map(print -> Long.parseUnsignedLong(print, 16))));
  }

  boolean isBefore(long count) {
    return to.isPresent() && count >= to.getAsLong();
  }

  /** For people: {@code 0..999}. */
  @Override
  public String toString() {
    return from + ".." + (to.isPresent() ? Long.toString(to.getAsLong() - 1) : "");
  }
}
