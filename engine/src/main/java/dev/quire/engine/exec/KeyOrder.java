package dev.quire.engine.exec;

import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That the rows of a scan come in the order of their table's key, so that the key of the last one
 * tells which are left. Immutable.
 *
 * @param place of the key in a row
 */
record KeyOrder(Table table, Column key, int place, boolean descending) {

  /** The order of a scan; empty if it is not the key's, or the key is not among its columns. */
  static Optional<KeyOrder> of(Table table, ScanRequest scan) {
    List<String> key = table.schema().key();
    boolean isWhole = scan.limit().isEmpty() && scan.offset() == 0 && scan.aggregation().isEmpty();
    if (!isWhole || key.size() != 1 || scan.order().size() != 1) {
      return Optional.empty();
    }
    ScanRequest.SortKey order = scan.order().get(0);
    int place = scan.columns().indexOf(key.get(0));
    return order.column().equals(key.get(0)) && place >= 0
        ? table
            .schema()
            .findColumn(order.column())
            .filter(column -> !column.nullable())
            .map(column -> new KeyOrder(table, column, place, order.descending()))
        : Optional.empty();
  }

  @Nullable Object keyOf(@Nullable Object[] row) {
    return row[place];
  }

  /** The rows of a split behind a key; empty if the source does not leave out the others itself. */
  Optional<Split> rest(Split split, Object last) {
    List<Expression> filters = new ArrayList<>(split.scan().filters());
    filters.add(
        Expression.call(
            descending ? Function.LT : Function.GT,
            new Expression.ColumnRef(key.name(), key.type()),
            new Expression.Constant(last, key.type())));
    ScanRequest wanted = split.scan().withFilters(filters);
    Pushdown answer = table.pushDown(wanted);
    boolean isExact =
        answer.filters().get(filters.size() - 1) == Fidelity.EXACT
            && answer.order() == Fidelity.EXACT
            && answer.accepted().filters().equals(filters);
    return isExact
        ? Optional.of(new Split(split.table(), wanted, split.label(), split.hints()))
        : Optional.empty();
  }
}
