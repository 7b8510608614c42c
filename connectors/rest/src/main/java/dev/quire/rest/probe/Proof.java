package dev.quire.rest.probe;

import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.SourceException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the first pages with a spec and looks whether a row comes twice. Immutable. */
record Proof(Desk desk, TableSpec table) {
  private static final int MOST = 3;

  /** Whether the paging is to blame for a fault. */
  static boolean isOfPaging(SourceException e) {
    return e.kind() == ErrorKind.LOOP || e.kind() == ErrorKind.FOREIGN_ORIGIN;
  }

  /**
   * What was read, as a sentence.
   *
   * @throws SourceException LOOP when a row comes twice
   */
  String read(OptionalInt pageSize) {
    List<Page> pages = desk.read(table, pageSize, MOST);
    Set<Object> seen = new HashSet<>();
    int rows = 0;
    for (Page page : pages) {
      for (@Nullable Object[] row : page.rows()) {
        rows++;
        seen.add(identity(row));
      }
    }
    boolean keyed = !table.key().isEmpty();
    if (keyed && seen.size() < rows) {
      throw new SourceException(
          ErrorKind.LOOP, "rows came twice: " + rows + " rows with " + seen.size() + " keys");
    }
    boolean whole = pages.get(pages.size() - 1).next().isEmpty();
    return String.format(
        Locale.ROOT,
        whole
            ? "Quire read the whole list with it: %,d rows on %,d page%s%s."
            : "Quire read the beginning of the list with it: %,d rows on %,d page%s%s.",
        rows,
        pages.size(),
        pages.size() == 1 ? "" : "s",
        keyed && rows > 0 ? ", none twice" : "");
  }

  private Object identity(@Nullable Object[] row) {
    List<String> names = table.columns().stream().map(ColumnSpec::name).toList();
    Object key = table.key().isEmpty() ? null : row[names.indexOf(table.key().get(0))];
    return key == null ? Arrays.deepToString(row) : key;
  }
}
