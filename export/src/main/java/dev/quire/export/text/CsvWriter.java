package dev.quire.export.text;

import dev.quire.engine.ResultColumn;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in RFC 4180: lines end in CR LF, a field is quoted where it must be. NULL is an empty
 * field, an empty text a quoted one. One thread at a time.
 */
final class CsvWriter implements RowWriter {
  private final OutputStream out;
  private final boolean header;
  private final Utf8Line line = new Utf8Line();
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
        text(given.get(i).name());
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
        value(value, i);
      }
    }
    endLine();
  }

  private void part(int index) {
    if (index > 0) {
      line.add(',');
    }
  }

  /** What cannot need quotes goes without a String where it can. */
  private void value(Object value, int column) {
    if (value instanceof String text) {
      text(text);
    } else if (value instanceof Integer || value instanceof Long) {
      line.add(((Number) value).longValue());
    } else if (value instanceof UUID id) {
      line.add(id);
    } else if (value instanceof Instant moment) {
      line.add(moment);
    } else if (value instanceof BigDecimal number && line.add(number)) {
      return;
    } else if (value instanceof Number || value instanceof Boolean) {
      line.addAscii(ValueText.of(value, columns.get(column).type()));
    } else {
      text(ValueText.of(value, columns.get(column).type()));
    }
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (!needsQuotes(bytes)) {
      line.add(bytes);
      return;
    }
    line.add('"');
    for (byte b : bytes) {
      if (b == '"') {
        line.add('"');
      }
      line.add((char) (b & 0xff));
    }
    line.add('"');
  }

  private static boolean needsQuotes(byte[] text) {
    for (byte b : text) {
      if (b <= ',' && (b == ',' || b == '"' || b == '\n' || b == '\r')) {
        return true;
      }
    }
    return text.length == 0;
  }

  private void endLine() throws IOException {
    line.add('\r');
    line.add('\n');
    line.writeTo(out);
  }

  @Override
  public void release() {}

  @Override
  public void end() {}
}
