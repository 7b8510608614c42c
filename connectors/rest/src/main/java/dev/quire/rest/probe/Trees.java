package dev.quire.rest.probe;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as trees of maps, lists, strings, decimals, booleans and null. */
public final class Trees {
  /** Reads as the connector does, whatever the length of a text. */
  public static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(256 << 20).build())
          .build();

  private Trees() {}

  /** The value at a place; null if there is none. */
  static @Nullable Object at(@Nullable Object tree, List<String> steps) {
    Object value = tree;
    for (String step : steps) {
      if (value instanceof Map<?, ?> map) {
        value = map.get(step);
      } else if (value instanceof List<?> list && step.matches("\\d{1,9}")) {
        int index = Integer.parseInt(step);
        value = index < list.size() ? list.get(index) : null;
      } else {
        return null;
      }
    }
    return value;
  }

  /** The pointer's steps and one more. */
  static List<String> longer(List<String> path, String step) {
    List<String> all = new ArrayList<>(path);
    all.add(step);
    return all;
  }
}
