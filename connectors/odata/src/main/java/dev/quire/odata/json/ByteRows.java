package dev.quire.odata.json;

import dev.quire.json.JsonReader;
import dev.quire.json.Names;
import dev.quire.json.UncertainException;
import dev.quire.odata.json.RowPlan.Node;
import dev.quire.spi.Column;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows as a {@link RowPlan} reads them, straight from the bytes of a page. One thread at a time.
 */
final class ByteRows {
  private final JsonReader reader;
  private final ByteValues values;
  private final Level root;
  private final int width;

  /** What is wanted of one object, by the places of its members' names. */
  private static final class Level {
    final Names names;
    final @Nullable Column[] columns;
    final int[] places;
    final @Nullable Level[] inner;

    Level(Map<String, Node> wanted) {
      names = new Names(List.copyOf(wanted.keySet()));
      columns = new Column[wanted.size()];
      places = new int[wanted.size()];
      inner = new Level[wanted.size()];
      int i = 0;
      for (Node node : wanted.values()) {
        columns[i] = node.column;
        places[i] = node.place;
        inner[i] = node.column == null ? new Level(node.inner) : null;
        i++;
      }
    }
  }

  ByteRows(JsonReader reader, RowPlan plan) {
    this.reader = reader;
    this.values = new ByteValues(reader);
    this.root = new Level(plan.root());
    this.width = plan.width();
  }

  /** The bytes that the reader reads. */
  void open(byte[] page) {
    values.open(page);
  }

  /** Takes the row that is next. */
  @Nullable Object[] take() throws UncertainException {
    @Nullable Object[] row = new Object[width];
    fill(root, row);
    return row;
  }

  private void fill(Level level, @Nullable Object[] row) throws UncertainException {
    reader.beginObject();
    for (int i; (i = reader.next(level.names)) != JsonReader.END; ) {
      Column column = level.columns[i];
      if (column != null) {
        row[level.places[i]] = reader.tryNull() ? null : values.take(column);
      } else if (!reader.tryNull()) {
        fill(level.inner[i], row);
      }
    }
  }
}
