package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.rest.json.ColumnValues.Misfit;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Pointer;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which value of a row's JSON goes into which place of the row. What is not wanted is passed over
 * without becoming an object. Immutable and thread-safe.
 */
final class RowPlan {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** The name under which the key of a member is found, where rows are the members of an object. */
  static final String KEY = "@key";

  private final List<ColumnSpec> columns;
  private final Node root = new Node();

  private static final class Node {
    private final Map<String, Node> inner = new HashMap<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<Pointer> captures = new ArrayList<>();

    boolean isShared() {
      return !inner.isEmpty() || places.size() + captures.size() > 1;
    }

    boolean isTaken() {
      return !places.isEmpty() || !captures.isEmpty();
    }
  }

  /**
   * @param columns of a row, in order; those that are given stay null
   * @param captures what else is wanted of the last row
   */
  RowPlan(List<ColumnSpec> columns, Collection<Pointer> captures) {
    this.columns = List.copyOf(columns);
    for (int place = 0; place < columns.size(); place++) {
      if (!columns.get(place).given()) {
        node(columns.get(place).path()).places.add(place);
      }
    }
    captures.forEach(pointer -> node(pointer).captures.add(pointer));
  }

  private Node node(Pointer pointer) {
    Node node = root;
    for (String step : pointer.steps()) {
      node = node.inner.computeIfAbsent(step, key -> new Node());
    }
    return node;
  }

  /**
   * Reads the current value to its end as a row.
   *
   * @param key of the member that the row is; empty if it is none
   * @param captured gets what is captured
   */
  @Nullable Object[] read(JsonParser json, String key, long number, Map<Pointer, Found> captured)
      throws IOException {
    @Nullable Object[] row = new Object[columns.size()];
    Node keyed = root.inner.get(KEY);
    if (keyed != null && !key.isEmpty()) {
      keyed.places.forEach(place -> row[place] = key);
    }
    take(json, root, row, number, captured);
    return row;
  }

  private void take(
      JsonParser json, Node node, @Nullable Object[] row, long number, Map<Pointer, Found> captured)
      throws IOException {
    if (!node.isTaken()) {
      inside(json, node, row, number, captured);
    } else if (node.isShared() && json.currentToken().isStructStart()) {
      String text = JsonText.copy(json);
      for (int place : node.places) {
        try (JsonParser again = again(text)) {
          row[place] = value(again, columns.get(place), number);
        }
      }
      node.captures.forEach(pointer -> captured.put(pointer, new Found(text, text)));
      try (JsonParser again = again(text)) {
        inside(again, node, row, number, captured);
      }
    } else {
      for (Pointer pointer : node.captures) {
        captured.put(pointer, Found.read(json));
      }
      for (int place : node.places) {
        row[place] = value(json, columns.get(place), number);
      }
    }
  }

  private static JsonParser again(String text) throws IOException {
    JsonParser json = FACTORY.createParser(text);
    json.nextToken();
    return json;
  }

  private void inside(
      JsonParser json, Node node, @Nullable Object[] row, long number, Map<Pointer, Found> captured)
      throws IOException {
    JsonToken token = json.currentToken();
    if (node.inner.isEmpty() || !token.isStructStart()) {
      json.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Node next = node.inner.get(json.currentName());
        json.nextToken();
        step(json, next, row, number, captured);
      }
    } else {
      for (int at = 0; json.nextToken() != JsonToken.END_ARRAY; at++) {
        step(json, node.inner.get(Integer.toString(at)), row, number, captured);
      }
    }
  }

  private void step(
      JsonParser json,
      @Nullable Node next,
      @Nullable Object[] row,
      long number,
      Map<Pointer, Found> captured)
      throws IOException {
    if (next == null) {
      json.skipChildren();
    } else {
      take(json, next, row, number, captured);
    }
  }

  private static @Nullable Object value(JsonParser json, ColumnSpec column, long number)
      throws IOException {
    try {
      return ColumnValues.read(json, column);
    } catch (Misfit e) {
      throw new SourceException(
              ErrorKind.INVALID_VALUE,
              String.format(
                  Locale.ROOT,
                  "row %,d of the page has %s in the column '%s', which is declared %s",
                  number,
                  e.getMessage(),
                  column.name(),
                  column.column().type().sqlName()))
          .withHint("Declare another type in the spec: string and json take everything.");
    }
  }
}
