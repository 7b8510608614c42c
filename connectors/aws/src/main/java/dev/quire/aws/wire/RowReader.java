package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of the values of one answer. Used for one answer, by one thread. */
final class RowReader {
  private final List<Slot> slots;
  private final Map<String, Place> members = new HashMap<>();
  private final AnswerCursor cursor;
  private final @Nullable Want last;
  private final boolean takesWholeRow;
  private final List<@Nullable Object[]> rows;
  private Map<String, Object> lastRow = Map.of();
  private String column = "";

  /** Where a member goes: as a whole, or its own members. */
  private static final class Place {
    private final List<Integer> slots = new ArrayList<>();
    private final Map<String, Integer> inner = new HashMap<>();
  }

  /**
   * @param last what of the last row is wanted besides
   * @param rows taken in turn
   */
  RowReader(
      List<Slot> slots, AnswerCursor cursor, @Nullable Want last, List<@Nullable Object[]> rows) {
    this.rows = rows;
    this.slots = slots;
    this.cursor = cursor;
    this.last = last;
    this.takesWholeRow = slots.stream().anyMatch(slot -> slot.origin() == Slot.Origin.ROW);
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).origin() == Slot.Origin.MEMBER) {
        String path = slots.get(i).path();
        int dot = path.indexOf('.');
        Place place =
            members.computeIfAbsent(dot < 0 ? path : path.substring(0, dot), name -> new Place());
        if (dot < 0) {
          place.slots.add(i);
        } else {
          place.inner.put(path.substring(dot + 1), i);
        }
      }
    }
  }

  /** What was wanted of the last row. */
  Map<String, Object> lastRow() {
    return lastRow;
  }

  /** Reads the current value: the elements of a list, the entries of a map, or itself as a row. */
  void read(Shape shape) throws IOException {
    try {
      if (shape instanceof Shape.ListShape list) {
        cursor.list(list, () -> row(list.element(), null));
      } else if (shape instanceof Shape.MapShape map) {
        cursor.map(map, key -> row(map.value(), key));
      } else {
        row(shape, null);
      }
    } catch (Misfit e) {
      throw misfit(e);
    }
  }

  private void row(Shape shape, @Nullable String key) throws IOException {
    @Nullable Object[] row = new Object[slots.size()];
    if (key != null) {
      fill(row, Slot.Origin.KEY, key);
    }
    if (cursor.isNull()) {
      cursor.skip();
    } else if (shape instanceof Shape.Structure structure && !takesWholeRow) {
      Map<String, Object> ofLast = last == null ? Map.of() : new LinkedHashMap<>();
      cursor.structure(structure, member -> member(member, row, ofLast));
      lastRow = ofLast;
      finish(row);
    } else {
      column = "";
      fill(row, Slot.Origin.ROW, Trees.read(cursor, shape));
      finish(row);
    }
    rows.add(row);
  }

  private void fill(@Nullable Object[] row, Slot.Origin origin, @Nullable Object value) {
    for (int i = 0; i < row.length; i++) {
      if (slots.get(i).origin() == origin) {
        row[i] = value;
      }
    }
  }

  private void member(Member member, @Nullable Object[] row, Map<String, Object> ofLast)
      throws IOException {
    Place place = members.get(member.name());
    boolean captured = last != null && last.of(member.name()) != null;
    boolean whole = captured || (place != null && !place.slots.isEmpty());
    column = member.name();
    if (whole) {
      Object value = Trees.read(cursor, member.shape());
      if (place != null) {
        put(place, value, row);
      }
      if (captured && value != null) {
        ofLast.put(member.name(), value);
      }
    } else if (place != null
        && member.shape() instanceof Shape.Structure structure
        && !cursor.isNull()) {
      cursor.structure(structure, inner -> inner(inner, place, row));
    } else {
      cursor.skip();
    }
  }

  private static void put(Place place, @Nullable Object value, @Nullable Object[] row) {
    place.slots.forEach(slot -> row[slot] = Trees.joined(row[slot], value));
    if (value instanceof Map<?, ?> map) {
      place.inner.forEach((name, slot) -> row[slot] = map.get(name));
    }
  }

  private void inner(Member member, Place place, @Nullable Object[] row) throws IOException {
    Integer slot = place.inner.get(member.name());
    if (slot == null) {
      cursor.skip();
    } else {
      column = slots.get(slot).column();
      row[slot] = Trees.joined(row[slot], Trees.read(cursor, member.shape()));
    }
  }

  /** Values as their columns' types have them. */
  private void finish(@Nullable Object[] row) {
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      if (value != null) {
        column = slots.get(i).column();
        row[i] = fitted(value, slots.get(i).type());
      }
    }
  }

  static Object fitted(Object value, DataType type) {
    return switch (type.kind()) {
      case JSON -> value instanceof String text ? text : JsonTree.text(value);
      case VARCHAR -> text(value);
      case BIGINT -> value instanceof Integer number ? (Object) number.longValue() : value;
      default -> value;
    };
  }

  private static String text(Object value) {
    if (value instanceof Instant moment) {
      return Moments.iso(moment);
    }
    if (value instanceof byte[] bytes) {
      return Base64.getEncoder().encodeToString(bytes);
    }
    return value instanceof List<?> || value instanceof Map<?, ?>
        ? JsonTree.text(value)
        : value.toString();
  }

  private SourceException misfit(Misfit e) {
    String declared =
        slots.stream()
            .filter(slot -> slot.column().equals(column))
            .findFirst()
            .map(slot -> ", which is declared " + slot.type().sqlName())
            .orElse("");
    return new SourceException(
            column.isEmpty() ? ErrorKind.MALFORMED_RESPONSE : ErrorKind.INVALID_VALUE,
            String.format(
                Locale.ROOT,
                "row %,d of the page has %s%s",
                rows.size() + 1,
                e.problem(),
                column.isEmpty() ? "" : " in the column '" + column + "'" + declared))
        .withHint("Leave the column out, or tell AWS's support.");
  }
}
