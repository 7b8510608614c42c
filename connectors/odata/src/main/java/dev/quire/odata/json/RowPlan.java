package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.odata.json.Values.Misfit;
import dev.quire.odata.metadata.Field;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which property of a row's JSON goes into which place of the row. What is not wanted is passed
 * over without becoming an object. Immutable and thread-safe.
 */
public final class RowPlan implements EntityReader {
  private final int width;
  private final Map<String, Node> root = new HashMap<>();

  /** A value that is wanted, or a structure with wanted values in it. */
  static final class Node {
    final Map<String, Node> inner = new HashMap<>();
    @Nullable Column column;
    int place;
  }

  /**
   * @param wanted the columns of a row, in order, each once
   */
  public RowPlan(List<Field> wanted) {
    this(wanted, Map.of());
  }

  /**
   * @param wanted the columns of a row, in order, each once
   * @param otherNames names that a row's members may have instead, to the one of the field's path
   */
  public RowPlan(List<Field> wanted, Map<String, String> otherNames) {
    width = wanted.size();
    for (int place = 0; place < width; place++) {
      Field field = wanted.get(place);
      Map<String, Node> level = root;
      Node node = new Node();
      for (String name : field.path()) {
        node = level.computeIfAbsent(name, key -> new Node());
        level = node.inner;
      }
      node.column = field.column();
      node.place = place;
    }
    otherNames.forEach(
        (other, name) -> {
          Node node = root.get(name);
          if (node != null) {
            root.putIfAbsent(other, node);
          }
        });
  }

  /** By the names of a row's members. */
  Map<String, Node> root() {
    return root;
  }

  int width() {
    return width;
  }

  boolean wants(String property) {
    return root.containsKey(property);
  }

  @Override
  public @Nullable Object[] read(JsonParser json, long number) throws IOException {
    @Nullable Object[] row = new Object[width];
    fill(json, root, row, number);
    return row;
  }

  private static void fill(
      JsonParser json, Map<String, Node> level, @Nullable Object[] row, long number)
      throws IOException {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      Node node = level.get(json.currentName());
      JsonToken token = json.nextToken();
      if (node == null) {
        json.skipChildren();
      } else {
        take(json, token, node, row, number);
      }
    }
  }

  /** Takes the current value into a row. */
  void take(JsonParser json, String property, @Nullable Object[] row, long number)
      throws IOException {
    Node node = root.get(property);
    if (node != null) {
      take(json, json.currentToken(), node, row, number);
    }
  }

  private static void take(
      JsonParser json, JsonToken token, Node node, @Nullable Object[] row, long number)
      throws IOException {
    Column column = node.column;
    if (column != null) {
      row[node.place] = value(json, column, number);
    } else if (token == JsonToken.START_OBJECT) {
      fill(json, node.inner, row, number);
    } else if (token != JsonToken.VALUE_NULL) {
      Column inner = anyColumn(node);
      throw misfit(number, inner, "something that is no object around it");
    }
  }

  private static Column anyColumn(Node node) {
    Column column = node.column;
    return column != null ? column : anyColumn(node.inner.values().iterator().next());
  }

  private static @Nullable Object value(JsonParser json, Column column, long number)
      throws IOException {
    try {
      return Values.read(json, column);
    } catch (Misfit e) {
      throw misfit(number, column, String.valueOf(e.getMessage()));
    }
  }

  private static SourceException misfit(long number, Column column, String found) {
    return new SourceException(
            ErrorKind.INVALID_VALUE,
            String.format(
                Locale.ROOT,
                "row %,d of the page has %s in the column '%s', which is declared %s",
                number,
                found,
                column.name(),
                column.type().sqlName()))
        .withHint("Leave the column out, or tell the service's operator.");
  }
}
