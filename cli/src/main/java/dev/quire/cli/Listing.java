package dev.quire.cli;

import dev.quire.cli.format.RowFormat;
import dev.quire.engine.ResultColumn;
import dev.quire.export.text.RowWriter;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Rows of text that a command makes itself, in the formats of a result. */
final class Listing {
  @Option(
      names = "--format",
      paramLabel = "table|csv|json|jsonl",
      description = "How the list is written. Default: table.")
  private RowFormat format = RowFormat.TABLE;

  void write(Surroundings surroundings, List<String> header, List<@Nullable String[]> rows)
      throws IOException {
    write(
        format.open(surroundings.out(), new RowFormat.Layout(surroundings.width(), true)),
        header,
        rows);
    surroundings.out().flush();
  }

  /** Writes rows of text with any writer. */
  static void write(RowWriter writer, List<String> header, List<@Nullable String[]> rows)
      throws IOException {
    List<ResultColumn> columns = new ArrayList<>();
    for (String name : header) {
      columns.add(new ResultColumn(name, DataType.VARCHAR, true));
    }
    writer.begin(columns);
    for (@Nullable String[] row : rows) {
      writer.write(row);
    }
    writer.end();
  }
}
