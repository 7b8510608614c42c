package dev.quire.cli.format;

import dev.quire.engine.ResultColumn;
import dev.quire.export.text.RowWriter;
import dev.quire.export.text.ValueText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns. The first rows are held back until their widths are known, later ones stream. On
 * a terminal a row never takes more than one line, and a result with more columns than fit is shown
 * one value a line; elsewhere nothing is cut. One thread at a time.
 */
final class TableWriter implements RowWriter {
  static final int ROWS_FOR_LAYOUT = 200;

  private final OutputStream out;
  private final RowFormat.Layout layout;
  private List<ResultColumn> columns = List.of();
  private @Nullable List<String[]> held = new ArrayList<>();
  private @Nullable RowLayout rows;

  TableWriter(OutputStream out, RowFormat.Layout layout) {
    this.out = out;
    this.layout = layout;
  }

  /** Where a line of text goes. */
  interface RowLayout {
    void header() throws IOException;

    void row(String[] cells) throws IOException;
  }

  @Override
  public void begin(List<ResultColumn> given) {
    columns = given;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    String[] cells = new String[row.length];
    for (int i = 0; i < row.length; i++) {
      Object value = row[i];
      cells[i] =
          value == null ? "NULL" : DisplayText.harmless(ValueText.of(value, columns.get(i).type()));
    }
    if (held == null) {
      layOut(List.of()).row(cells);
      return;
    }
    held.add(cells);
    if (held.size() >= ROWS_FOR_LAYOUT) {
      release();
    }
  }

  @Override
  public void release() throws IOException {
    List<String[]> first = held;
    held = null;
    if (first != null && !columns.isEmpty()) {
      RowLayout chosen = layOut(first);
      if (layout.header()) {
        chosen.header();
      }
      for (String[] cells : first) {
        chosen.row(cells);
      }
    }
  }

  @Override
  public void end() throws IOException {
    release();
  }

  private RowLayout layOut(List<String[]> first) {
    RowLayout chosen = rows;
    if (chosen == null) {
      List<String> names = columns.stream().map(c -> DisplayText.harmless(c.name())).toList();
      chosen =
          widths(first)
              .map(widths -> (RowLayout) new AlignedRows(names, widths))
              .orElseGet(() -> new ValuePerLine(names, layout.width().orElse(Integer.MAX_VALUE)));
      rows = chosen;
    }
    return chosen;
  }

  /** Empty where a line has one value. */
  private Optional<ColumnWidths> widths(List<String[]> first) {
    if (layout.expanded() == RowFormat.Expanded.ON) {
      return Optional.empty();
    }
    ColumnWidths widths = ColumnWidths.measure(columns, first, layout);
    if (widths.fits()) {
      return Optional.of(widths);
    }
    return layout.expanded() == RowFormat.Expanded.OFF
        ? Optional.of(ColumnWidths.measure(columns, first, layout.withoutWidth()))
        : Optional.empty();
  }

  private void line(CharSequence text) throws IOException {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    out.write((text.subSequence(0, end) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** One row a line. */
  private final class AlignedRows implements RowLayout {
    private final List<String> names;
    private final ColumnWidths widths;

    AlignedRows(List<String> names, ColumnWidths widths) {
      this.names = names;
      this.widths = widths;
    }

    @Override
    public void header() throws IOException {
      row(names.toArray(String[]::new));
      StringBuilder rule = new StringBuilder();
      for (int i = 0; i < names.size(); i++) {
        rule.append(i == 0 ? "" : ColumnWidths.GAP).append("-".repeat(widths.of(i)));
      }
      line(rule);
    }

    @Override
    public void row(String[] cells) throws IOException {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < cells.length; i++) {
        boolean right = ValueText.isNumber(columns.get(i).type());
        String cell = widths.cuts() ? DisplayText.fitted(cells[i], widths.of(i)) : cells[i];
        text.append(i == 0 ? "" : ColumnWidths.GAP);
        text.append(DisplayText.padded(cell, widths.of(i), right));
      }
      line(text);
    }
  }

  /** One value a line, for results with more columns than a line has room for. */
  private final class ValuePerLine implements RowLayout {
    private final List<String> names;
    private final int nameWidth;
    private final int valueWidth;
    private long number;

    ValuePerLine(List<String> names, int width) {
      this.names = names;
      int longest = names.stream().mapToInt(DisplayText::width).max().orElse(0);
      this.nameWidth = Math.min(longest, Math.max(8, width / 2));
      this.valueWidth = Math.max(8, width - nameWidth - ColumnWidths.GAP.length());
    }

    @Override
    public void header() {}

    @Override
    public void row(String[] cells) throws IOException {
      line("-- row " + ++number + " --");
      for (int i = 0; i < cells.length; i++) {
        String name = DisplayText.fitted(names.get(i), nameWidth);
        line(
            DisplayText.padded(name, nameWidth, false)
                + ColumnWidths.GAP
                + DisplayText.fitted(cells[i], valueWidth));
      }
    }
  }
}
