package dev.quire.engine.plan;

import dev.quire.engine.plan.SimpleStatement.Condition;
import dev.quire.engine.plan.SimpleStatement.Item;
import dev.quire.engine.rel.QuireTypeSystem;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SimpleScan;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * Plans a simple statement as {@link Planner} would, without the front end. What it is not sure of,
 * or would have to refuse, is left to that. For one statement.
 */
final class SimplePlanner {
  private final SimpleStatement statement;
  private final PlanOptions options;
  private final ScanTarget target;
  private final List<Column> columns;
  private final List<Integer> projection = new ArrayList<>();
  private final List<Column> result = new ArrayList<>();

  private SimplePlanner(SimpleStatement statement, PlanOptions options, ScanTarget target) {
    this.statement = statement;
    this.options = options;
    this.target = target;
    this.columns = target.table().schema().columns();
  }

  /** A scan and the columns of its result. */
  record Found(SimpleScan scan, List<Column> columns) {}

  /** The plan of a statement, if it is a simple one. May open its source and look up its table. */
  static Optional<Found> plan(String sql, PlanOptions options, Catalog catalog) {
    boolean isPlain =
        options.pushdown()
            && options.parameters().isEmpty()
            && options.refused().groups().isEmpty()
            && options.refused().everything().isEmpty();
    try {
      NotSimple.unless(isPlain);
      SimpleStatement statement = SimpleStatement.of(sql);
      return catalog
          .only(statement.table())
          .map(target -> new SimplePlanner(statement, options, target).plan());
    } catch (NotSimple e) {
      return Optional.empty();
    }
  }

  private Found plan() {
    select();
    OptionalLong limit = limit();
    List<Expression> filters = statement.conditions().stream().map(this::filter).toList();
    NotSimple.unless(names(List.of(), filters).size() == filters.size());
    Pushdown answer =
        answer(
            ScanRequest.of(names(projection, filters))
                .withFilters(filters)
                .withPageSize(options.pageSize())
                .withLimit(limit)
                .withOffset(statement.offset()));
    List<Expression> residual = answer.residualFilters();
    List<String> read = names(projection, residual);
    return new Found(
        new SimpleScan(
            target,
            answer.accepted().withColumns(read),
            residual,
            projection.stream().map(index -> read.indexOf(columns.get(index).name())).toList(),
            answer.offset() == Fidelity.EXACT ? 0 : statement.offset(),
            limit),
        result);
  }

  private void select() {
    Set<String> labels = new HashSet<>();
    for (Item item : statement.items()) {
      select(index(item.column()), item.label(), labels);
    }
    for (int i = 0; i < columns.size() && statement.items().isEmpty(); i++) {
      Column column = columns.get(i);
      if (column.has(Column.Trait.HIDDEN)) {
        NotSimple.unless(labels.add(column.name().toUpperCase(Locale.ROOT)));
      } else {
        select(i, column.name(), labels);
      }
    }
  }

  /** Where a label, in any case, is the only one of that name. */
  private void select(int index, String label, Set<String> labels) {
    Column column = columns.get(index);
    NotSimple.unless(isKept(column.type()));
    NotSimple.unless(labels.add(label.toUpperCase(Locale.ROOT)));
    projection.add(index);
    Column named = Column.of(label, column.type());
    result.add(column.nullable() ? named : named.notNull());
  }

  /** The only column of a name in any case. */
  private int index(String name) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equalsIgnoreCase(name)) {
        NotSimple.unless(found < 0);
        found = i;
      }
    }
    NotSimple.unless(found >= 0);
    return found;
  }

  /** Whether a result has this type as it is. */
  private static boolean isKept(DataType type) {
    return switch (type.kind()) {
      case VARCHAR, VARBINARY -> type.precision() > 0 || type.precision() == DataType.UNKNOWN;
      case DECIMAL ->
          (type.precision() == DataType.UNKNOWN && type.scale() == DataType.UNKNOWN)
              || (type.precision() > 0
                  && type.precision() < QuireTypeSystem.MAX_PRECISION
                  && type.scale() >= 0
                  && type.scale() <= QuireTypeSystem.MAX_SCALE);
      default -> true;
    };
  }

  private Expression filter(Condition condition) {
    Column column = columns.get(index(condition.column()));
    return Expression.call(
        condition.function(),
        new Expression.ColumnRef(column.name(), column.type()),
        new Expression.Constant(value(condition, column.type().kind()), column.type()));
  }

  /** Its constant in the column's class, where both are of one kind. */
  private static Object value(Condition condition, DataType.Kind kind) {
    boolean isText = condition.value() instanceof String;
    boolean isEquality = condition.function() == Expression.Function.EQ;
    NotSimple.unless(
        switch (kind) {
          case VARCHAR -> isText && isEquality;
          case INTEGER, BIGINT -> !isText;
          default -> false;
        });
    return kind == DataType.Kind.BIGINT
        ? Long.valueOf((Integer) condition.value())
        : condition.value();
  }

  private OptionalLong limit() {
    OptionalLong most = options.maxRows();
    OptionalLong own = statement.limit();
    NotSimple.unless(own.orElse(1) > 0);
    return most.isEmpty() || (own.isPresent() && own.getAsLong() <= most.getAsLong()) ? own : most;
  }

  /** What the source answers, unless there is something to refuse, which the planner can place. */
  private Pushdown answer(ScanRequest wanted) {
    Pushdown answer;
    try {
      answer = target.table().pushDown(wanted);
      RequiredFilters.check(target, answer);
    } catch (SourceException e) {
      NotSimple.unless(false);
      throw e;
    }
    NotSimple.unless(answer.pushedAggregation().isEmpty());
    for (int i = 0; i < wanted.filters().size(); i++) {
      boolean isGiven =
          answer.filters().get(i) == Fidelity.EXACT
              || (answer.filters().get(i) == Fidelity.NARROWING
                  && statement.conditions().get(i).function() == Expression.Function.EQ);
      NotSimple.unless(isGiven || !column(wanted.filters().get(i)).has(Column.Trait.PARAMETER));
    }
    return answer;
  }

  private Column column(Expression filter) {
    Expression.ColumnRef reference =
        (Expression.ColumnRef) ((Expression.Call) filter).arguments().get(0);
    return columns.get(index(reference.name()));
  }

  /** The columns that are read, in the table's order. */
  private List<String> names(List<Integer> selected, List<Expression> filters) {
    TreeSet<Integer> used = new TreeSet<>(selected);
    filters.forEach(each -> used.add(index(column(each).name())));
    return used.stream().map(index -> columns.get(index).name()).toList();
  }
}
