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
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/** Columns without whose value an API answers nothing, and those that have no other value. */
final class RequiredFilters {
  private RequiredFilters() {}

  /** Whether a filter gives a value to a column that needs one. */
  static boolean gives(Expression filter, List<Column> columns) {
    return columns.stream().anyMatch(column -> takesValue(column) && gives(filter, column.name()));
  }

  /** Whether a column gets its value from the statement, whatever else may be pushed. */
  static boolean takesValue(Column column) {
    return column.has(Column.Trait.REQUIRED_FILTER) || column.has(Column.Trait.PARAMETER);
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
      if (column.has(Column.Trait.REQUIRED_FILTER) && !isAsked(column.name(), answer)) {
        throw new SourceException(
                ErrorKind.INVALID_STATEMENT,
                target.place() + " answers only for given values of " + column.name())
            .withHint(advice(target, schema, column));
      }
    }
  }

  /**
   * Passes if no residual condition asks for more of a parameter than its value: without one, it
   * would be NULL, and rows would be missing without a word.
   *
   * @throws SourceException INVALID_STATEMENT naming the parameter and what can be asked of it
   */
  static void checkParameters(ScanTarget target, Pushdown answer, List<RexNode> residual) {
    List<Column> columns = target.table().schema().columns();
    for (RexNode condition : residual) {
      if (condition.isA(SqlKind.IS_NULL) || condition.isA(SqlKind.IS_NOT_NULL)) {
        continue;
      }
      for (int index : RelOptUtil.InputFinder.bits(condition)) {
        Column column = columns.get(index);
        if (column.has(Column.Trait.PARAMETER) && !isGiven(column.name(), answer)) {
          throw new SourceException(
                  ErrorKind.INVALID_STATEMENT,
                  target.place()
                      + ": "
                      + column.name()
                      + " is a parameter of the request, which only = or IN gives a value")
              .withHint("Write AND " + column.name() + " = '…', outside of any OR or function.");
        }
      }
    }
  }

  /** Whether a filter says anything of a column that needs a condition, a range for example. */
  static boolean mentions(Expression filter, List<Column> columns) {
    return columns.stream()
        .anyMatch(
            column -> column.has(Column.Trait.REQUIRED_FILTER) && compares(filter, column.name()));
  }

  private static boolean compares(Expression filter, String column) {
    return filter instanceof Expression.Call call
        && switch (call.function()) {
          case EQ, IN, LT, LE, GT, GE, STARTS_WITH ->
              call.arguments().get(0) instanceof Expression.ColumnRef ref
                  && ref.name().equals(column);
          default -> false;
        };
  }

  private static boolean isGiven(String column, Pushdown answer) {
    return isDone(answer, filter -> gives(filter, column));
  }

  private static boolean isAsked(String column, Pushdown answer) {
    return isDone(answer, filter -> compares(filter, column));
  }

  private static boolean isDone(Pushdown answer, Predicate<Expression> wanted) {
    List<Expression> filters = answer.wanted().filters();
    for (int i = 0; i < filters.size(); i++) {
      if (answer.filters().get(i) != Fidelity.NONE && wanted.test(filters.get(i))) {
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
