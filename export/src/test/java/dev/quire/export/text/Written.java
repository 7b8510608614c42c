package dev.quire.export.text;

import dev.quire.engine.ResultColumn;
import dev.quire.spi.DataType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a format makes of some rows. */
final class Written {
  private final List<ResultColumn> columns = new ArrayList<>();
  private final List<Object[]> rows = new ArrayList<>();
  private boolean header = true;

  Written column(String name, DataType type) {
    columns.add(new ResultColumn(name, type, true));
    return this;
  }

  Written row(Object... values) {
    rows.add(values);
    return this;
  }

  Written withoutHeader() {
    header = false;
    return this;
  }

  String as(TextFormat format) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      RowWriter writer = format.open(out, header);
      writer.begin(columns);
      for (Object[] row : rows) {
        writer.write(row);
      }
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
