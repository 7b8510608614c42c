package dev.quire.it.sql;

import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Standard SQL's meaning of functions that H2 gives another one; H2 calls them. */
public final class H2Functions {
  private H2Functions() {}

  /** CHAR_LENGTH. */
  public static @Nullable Integer characters(@Nullable String text) {
    return text == null ? null : (Integer) text.codePoints().toArray().length;
  }

  /** SUBSTRING from a position, from 1, for a length. */
  public static @Nullable String part(
      @Nullable String text, @Nullable Integer from, @Nullable Integer length) {
    if (text == null || from == null || length == null) {
      return null;
    }
    StringBuilder part = new StringBuilder();
    int[] points = text.codePoints().toArray();
    for (int i = 0; i < points.length; i++) {
      if (i + 1 >= from && i + 1 < from + length) {
        part.appendCodePoint(points[i]);
      }
    }
    return part.toString();
  }

  /** POSITION. */
  public static @Nullable Integer place(@Nullable String part, @Nullable String text) {
    if (part == null || text == null) {
      return null;
    }
    int index = text.indexOf(part);
    return index < 0 ? 0 : 1 + text.substring(0, index).codePoints().toArray().length;
  }

  /** TIMESTAMPDIFF in whole units. */
  public static @Nullable Long whole(
      String unit, @Nullable OffsetDateTime sooner, @Nullable OffsetDateTime later) {
    return sooner == null || later == null
        ? null
        : (Long) ChronoUnit.valueOf(unit.toUpperCase(Locale.ROOT) + "S").between(sooner, later);
  }
}
