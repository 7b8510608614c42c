package dev.quire.rest.spec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a child table's path values come from when a statement does not give them. Immutable.
 *
 * @param table another table of the same spec
 * @param values the path's names, and where they come from: the text of a {@link Pointer} below a
 *     row of that table, or the name of one of its columns
 */
public record ParentSpec(String table, Map<String, String> values) {
  public ParentSpec {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }
}
