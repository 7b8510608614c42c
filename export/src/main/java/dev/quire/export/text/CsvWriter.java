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

  /** The last text of each column and its bytes, if it stood there as it is. */
  private @Nullable String[] texts = {};

  private byte[][] plain = {};

  CsvWriter(OutputStream out, boolean header) {
    this.out = out;
    this.header = header;
  }

  @Override
  public void begin(List<ResultColumn> given) throws IOException {
    columns = given;
    texts = new String[given.size()];
    plain = new byte[given.size()][];
    if (header) {
      for (int i = 0; i < given.size(); i++) {
        part(i);
        text(given.get(i).name(), i);
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
      text(text, column);
    } else if (value instanceof Integer || value instanceof Long) {
      line.add(((Number) value).longValue());
    } else if (value instanceof UUID id) {
      line.add(id);
    } else if (value instanceof Instant moment) {
      line.add(moment);
    } else if ((value instanceof BigDecimal decimal && line.add(decimal))
        || (value instanceof Double number && line.add(number))) {
      return;
    } else if (value instanceof Number || value instanceof Boolean) {
      line.addAscii(ValueText.of(value, columns.get(column).type()));
    } else {
      text(ValueText.of(value, columns.get(column).type()), column);
    }
  }

  /** The same text again, as columns of few values have it, is written as it was. */
  @SuppressWarnings("ReferenceEquality")
  private void text(String text, int column) {
    if (text == texts[column]) {
      line.add(plain[column]);
      return;
    }
    byte[] latin = text.getBytes(StandardCharsets.ISO_8859_1);
    if (PlainText.is(latin)) {
      line.add(latin);
      texts[column] = text;
      plain[column] = latin;
    } else {
      special(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private void special(byte[] text) {
    if (needsQuotes(text)) {
      line.addQuoted(text);
    } else {
      line.add(text);
    }
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
