package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.aws.wire.ByteValues.Members;
import dev.quire.json.JsonReader;
import dev.quire.json.UncertainException;
import dev.quire.spi.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as {@link RowReader} makes them, straight from the bytes of an answer: where each member
 * goes is known before the first one. One thread at a time.
 */
final class ByteRows {
  private static final int NONE = -1;

  private final JsonReader reader;
  private final ByteValues values;
  private final List<Slot> slots;
  private final Shape shape;

  /** Of a row that is a structure; null where it is wanted whole. */
  private final @Nullable Level level;

  /** The columns whose values are not yet what their types have. */
  private final int[] unfitted;

  /** Where the wanted members of one structure go. */
  private static final class Level {
    final Members members;

    /** The column of the whole value, or {@link #NONE}. */
    final int[] slots;

    /** More columns of the whole value. */
    final int[] @Nullable [] others;

    /** Columns of the value's own members. */
    final @Nullable Level[] inner;

    Level(List<Member> wanted) {
      members = Members.of(wanted);
      slots = new int[members.members.length];
      others = new int[slots.length][];
      inner = new Level[slots.length];
    }
  }

  /**
   * @param shape of what holds the rows
   * @throws Misfit where rows of this shape are not read here
   */
  ByteRows(JsonReader reader, ByteValues values, List<Slot> slots, Shape shape) {
    this.reader = reader;
    this.values = values;
    this.slots = slots;
    this.shape = shape;
    Shape row = shape;
    if (shape instanceof Shape.ListShape list) {
      row = list.element();
    } else if (shape instanceof Shape.MapShape map) {
      row = map.value();
    }
    boolean takesWholeRow = slots.stream().anyMatch(slot -> slot.origin() == Slot.Origin.ROW);
    this.level =
        row instanceof Shape.Structure structure && !takesWholeRow ? level(structure) : null;
    this.unfitted = unfitted(row);
  }

  private Level level(Shape.Structure row) {
    Map<String, List<Integer>> places = new HashMap<>();
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).origin() == Slot.Origin.MEMBER) {
        places.computeIfAbsent(slots.get(i).path(), path -> new ArrayList<>()).add(i);
      }
    }
    Level level = new Level(wanted(row, "", places));
    for (int i = 0; i < level.slots.length; i++) {
      Member member = level.members.members[i];
      List<Integer> own = places.getOrDefault(member.name(), List.of());
      level.slots[i] = own.isEmpty() ? NONE : own.get(0);
      level.others[i] = own.size() < 2 ? null : ints(own.subList(1, own.size()));
      level.inner[i] = inner(member, places);
      if (level.slots[i] != NONE && level.inner[i] != null) {
        throw new Misfit("wanted whole and in parts");
      }
    }
    return level;
  }

  private static @Nullable Level inner(Member member, Map<String, List<Integer>> places) {
    String prefix = member.name() + ".";
    if (!(member.shape() instanceof Shape.Structure structure)) {
      return null;
    }
    List<Member> wanted = wanted(structure, prefix, places);
    if (wanted.isEmpty()) {
      return null;
    }
    Level level = new Level(wanted);
    for (int i = 0; i < level.slots.length; i++) {
      List<Integer> own = places.getOrDefault(prefix + level.members.members[i].name(), List.of());
      if (own.size() != 1) {
        throw new Misfit("wanted twice");
      }
      level.slots[i] = own.get(0);
    }
    return level;
  }

  private static List<Member> wanted(
      Shape.Structure shape, String prefix, Map<String, List<Integer>> places) {
    return shape.members().stream()
        .filter(
            member -> {
              String path = prefix + member.name();
              return places.containsKey(path)
                  || (prefix.isEmpty()
                      && places.keySet().stream().anyMatch(any -> any.startsWith(path + ".")));
            })
        .toList();
  }

  private static int[] ints(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).toArray();
  }

  private int[] unfitted(Shape row) {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (mayNotFit(slots.get(i).type(), kind(row, slots.get(i)))) {
        columns.add(i);
      }
    }
    return ints(columns);
  }

  /** Of a column that is a scalar member of a row. */
  private static Shape.@Nullable ScalarKind kind(Shape row, Slot slot) {
    return slot.origin() == Slot.Origin.MEMBER
            && row instanceof Shape.Structure structure
            && structure.findMember(slot.path()).map(Member::shape).orElse(row)
                instanceof Shape.Scalar scalar
        ? scalar.kind()
        : null;
  }

  private static boolean mayNotFit(DataType type, Shape.@Nullable ScalarKind kind) {
    return switch (type.kind()) {
      case VARCHAR -> kind != Shape.ScalarKind.STRING;
      case BIGINT -> kind != Shape.ScalarKind.LONG;
      case JSON -> true;
      default -> false;
    };
  }

  /** Takes the value that is next: the elements of a list, the entries of a map, or one row. */
  void take(List<@Nullable Object[]> rows) throws UncertainException {
    if (shape instanceof Shape.ListShape list) {
      Shape element = list.element();
      reader.beginArray();
      while (reader.hasNext()) {
        rows.add(row(element, null));
      }
    } else if (shape instanceof Shape.MapShape map) {
      Shape value = map.value();
      reader.beginObject();
      for (String key; (key = reader.nextName()) != null; ) {
        rows.add(row(value, key));
      }
    } else {
      rows.add(row(shape, null));
    }
  }

  private @Nullable Object[] row(Shape element, @Nullable String key) throws UncertainException {
    @Nullable Object[] row = new Object[slots.size()];
    if (key != null) {
      fill(row, Slot.Origin.KEY, key);
    }
    if (reader.tryNull()) {
      return row;
    }
    if (level != null) {
      members(level, row);
    } else {
      fill(row, Slot.Origin.ROW, values.take(element));
    }
    for (int i : unfitted) {
      Object value = row[i];
      if (value != null) {
        row[i] = RowReader.fitted(value, slots.get(i).type());
      }
    }
    return row;
  }

  private void fill(@Nullable Object[] row, Slot.Origin origin, @Nullable Object value) {
    for (int i = 0; i < row.length; i++) {
      if (slots.get(i).origin() == origin) {
        row[i] = value;
      }
    }
  }

  private void members(Level at, @Nullable Object[] row) throws UncertainException {
    reader.beginObject();
    for (int i; (i = reader.next(at.members.names)) != JsonReader.END; ) {
      int slot = at.slots[i];
      if (slot != NONE) {
        if (row[slot] != null) {
          throw new Misfit("there twice");
        }
        row[slot] = values.take(at.members.shapes[i]);
        if (at.others[i] != null) {
          copy(row, slot, at.others[i]);
        }
      } else if (!reader.tryNull()) {
        members(at.inner[i], row);
      }
    }
  }

  private static void copy(@Nullable Object[] row, int from, int[] to) {
    for (int slot : to) {
      row[slot] = row[from];
    }
  }
}
