package dev.quire.aws.wire;

import dev.quire.aws.model.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads whole values, by their shapes, as maps, lists and scalars with the model's names. */
final class Trees {
  private Trees() {}

  static @Nullable Object read(AnswerCursor cursor, Shape shape) throws IOException {
    if (cursor.isNull()) {
      cursor.skip();
      return null;
    }
    if (shape instanceof Shape.Structure structure) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      cursor.structure(
          structure,
          member ->
              map.put(member.name(), joined(map.get(member.name()), read(cursor, member.shape()))));
      return map;
    }
    if (shape instanceof Shape.ListShape list) {
      List<@Nullable Object> elements = new ArrayList<>();
      cursor.list(list, () -> elements.add(read(cursor, list.element())));
      return elements;
    }
    if (shape instanceof Shape.MapShape map) {
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      cursor.map(map, key -> entries.put(key, read(cursor, map.value())));
      return entries;
    }
    return cursor.scalar((Shape.Scalar) shape);
  }

  /** Flattened lists and maps come element by element. */
  @SuppressWarnings("unchecked")
  static @Nullable Object joined(@Nullable Object before, @Nullable Object more) {
    if (before instanceof List<?> list && more instanceof List<?> added) {
      ((List<Object>) list).addAll(added);
      return list;
    }
    if (before instanceof Map<?, ?> map && more instanceof Map<?, ?> added) {
      ((Map<Object, Object>) map).putAll(added);
      return map;
    }
    return more;
  }
}
