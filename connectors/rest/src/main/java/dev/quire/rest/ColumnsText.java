package dev.quire.rest;

import dev.quire.rest.probe.Words;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Moment;
import dev.quire.rest.spec.PathTemplate;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.TableSpec;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** The columns of a table as its spec would have them. */
final class ColumnsText {
  private ColumnsText() {}

  /** A spec with the table's columns, to be put where they are missing. */
  static String of(TableSpec table) {
    StringBuilder text = new StringBuilder("tables:\n  ");
    text.append(Words.quoted(table.name().name())).append(":\n    columns:\n");
    Set<String> ofPath = new HashSet<>(PathTemplate.names(table.request().path()));
    table.session().ifPresent(session -> ofPath.addAll(PathTemplate.names(session.open().path())));
    for (ColumnSpec column : table.columns()) {
      if (!column.given() || !ofPath.contains(column.name())) {
        text.append("      ").append(Words.quoted(column.name())).append(": ");
        text.append(value(column)).append('\n');
      }
    }
    return text.toString();
  }

  private static String value(ColumnSpec column) {
    StringBuilder more = new StringBuilder();
    if (column.given()) {
      more.append(", given: true");
    } else if (!column.path().equals(Pointer.to(column.name()))) {
      String path = column.path().toString();
      more.append(", path: ").append(path.isEmpty() ? "\"\"" : Words.quoted(path));
    }
    if (column.moment() != Moment.ISO) {
      more.append(", format: ").append(column.moment().name().toLowerCase(Locale.ROOT));
    }
    if (!column.column().nullable()) {
      more.append(", not_null: true");
    }
    column.column().remarks().ifPresent(r -> more.append(", remarks: ").append(Words.quoted(r)));
    boolean isPlain = more.length() == 0 && column.typeWord().matches("\\w+");
    return isPlain ? column.typeWord() : "{type: " + Words.quoted(column.typeWord()) + more + "}";
  }
}
