package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableSchema;
import java.util.List;
import java.util.Optional;

/** Columns without whose value an API answers nothing. */
final class RequiredFilters {
  private RequiredFilters() {}

  /** Whether a filter gives a value to a column that needs one. */
  static boolean gives(Expression filter, List<Column> columns) {
    return columns.stream()
        .anyMatch(
            column -> column.has(Column.Trait.REQUIRED_FILTER) && gives(filter, column.name()));
  }

  private static boolean gives(Expression filter, String column) {
    return filter instanceof Expression.Call call
        && (call.function() == Function.EQ || call.function() == Function.IN)
        && call.arguments().get(0) instanceof Expression.ColumnRef ref
        && ref.name().equals(column);
  }

  /**
   * Passes if every required column has a value among the filters that the source does.
   *
   * @throws SourceException INVALID_STATEMENT naming the column and the ways to give it a value
   */
  static void check(ScanTarget target, Pushdown answer) {
    TableSchema schema = target.table().schema();
    for (Column column : schema.columns()) {
      if (column.has(Column.Trait.REQUIRED_FILTER) && !isGiven(column.name(), answer)) {
        throw new SourceException(
                ErrorKind.INVALID_STATEMENT,
                target.place() + " answers only for given values of " + column.name())
            .withHint(advice(target, schema, column));
      }
    }
  }

  private static boolean isGiven(String column, Pushdown answer) {
    List<Expression> filters = answer.wanted().filters();
    for (int i = 0; i < filters.size(); i++) {
      if (answer.filters().get(i) != Fidelity.NONE && gives(filters.get(i), column)) {
        return true;
      }
    }
    return false;
  }

  private static String advice(ScanTarget target, TableSchema schema, Column column) {
    String name = column.name();
    String condition = "Add WHERE " + name + " = '…'";
    Optional<TableSchema.Reference> reference =
        schema.references().stream().filter(each -> each.columns().contains(name)).findFirst();
    if (reference.isEmpty()) {
      return condition
          + ", or join a table that has it: … JOIN "
          + target.place()
          + " t ON t."
          + name
          + " = ….";
    }
    String source = target.place().substring(0, target.place().indexOf('.'));
    String key = reference.get().targetColumns().get(reference.get().columns().indexOf(name));
    return condition
        + ", or join the table that has it: FROM "
        + source
        + "."
        + reference.get().target()
        + " p JOIN "
        + target.place()
        + " t ON t."
        + name
        + " = p."
        + key;
  }
}
