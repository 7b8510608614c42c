package dev.quire.export.text;

import dev.quire.engine.ResultColumn;
import dev.quire.spi.DataType.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON, an object a line; as one array, or as lines on their own. Numbers keep all their digits;
 * what JSON has no number for (NaN, Infinity) is a string. Column names that occur twice get {@code
 * _2}, {@code _3}. One thread at a time.
 */
final class JsonWriter implements RowWriter {
  private final OutputStream out;
  private final boolean array;
  private final StringBuilder line = new StringBuilder();
  private List<ResultColumn> columns = List.of();
  private List<String> keys = List.of();
  private boolean empty = true;

  JsonWriter(OutputStream out, boolean array) {
    this.out = out;
    this.array = array;
  }

  @Override
  public void begin(List<ResultColumn> given) throws IOException {
    columns = given;
    keys =
        UniqueNames.of(given.stream().map(ResultColumn::name).toList()).stream()
            .map(name -> JsonText.quoted(name) + ":")
            .toList();
    if (array) {
      line.append('[');
      flushLine();
    }
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (array) {
      line.append(empty ? "\n" : ",\n");
    }
    empty = false;
    line.append('{');
    for (int i = 0; i < row.length; i++) {
      line.append(i == 0 ? "" : ",").append(keys.get(i));
      append(row[i], columns.get(i));
    }
    line.append(array ? "}" : "}\n");
    flushLine();
  }

  private void append(@Nullable Object value, ResultColumn column) {
    if (value == null) {
      line.append("null");
      return;
    }
    String text = ValueText.of(value, column.type());
    if (isBare(value) || (column.type().kind() == Kind.JSON && JsonText.isJson(text))) {
      line.append(JsonText.onOneLine(text));
    } else {
      JsonText.quote(text, line);
    }
  }

  private static boolean isBare(Object value) {
    return value instanceof Boolean
        || (value instanceof Double number ? Double.isFinite(number) : value instanceof Number);
  }

  private void flushLine() throws IOException {
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    line.setLength(0);
  }

  @Override
  public void release() {}

  @Override
  public void end() throws IOException {
    if (array) {
      line.append(empty ? "]\n" : "\n]\n");
      flushLine();
    }
  }
}
