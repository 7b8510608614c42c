package dev.quire.export.text;

import dev.quire.engine.ResultColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in RFC 4180: lines end in CR LF, a field is quoted where it must be. NULL is an empty
 * field, an empty text a quoted one. One thread at a time.
 */
final class CsvWriter implements RowWriter {
  private final OutputStream out;
  private final boolean header;
  private final StringBuilder line = new StringBuilder();
  private List<ResultColumn> columns = List.of();

  CsvWriter(OutputStream out, boolean header) {
    this.out = out;
    this.header = header;
  }

  @Override
  public void begin(List<ResultColumn> given) throws IOException {
    columns = given;
    if (header) {
      for (int i = 0; i < given.size(); i++) {
        part(i);
        append(given.get(i).name());
      }
      endLine();
    }
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    for (int i = 0; i < row.length; i++) {
      part(i);
      Object value = row[i];
      if (value != null) {
        append(ValueText.of(value, columns.get(i).type()));
      }
    }
    endLine();
  }

  private void part(int index) {
    if (index > 0) {
      line.append(',');
    }
  }

  private void append(String text) {
    if (!needsQuotes(text)) {
      line.append(text);
      return;
    }
    line.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        line.append('"');
      }
      line.append(c);
    }
    line.append('"');
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == ',' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return text.isEmpty();
  }

  private void endLine() throws IOException {
    line.append("\r\n");
    out.write(line.toString().getBytes(StandardCharsets.UTF_8));
    line.setLength(0);
  }

  @Override
  public void release() {}

  @Override
  public void end() {}
}
