package dev.quire.rest;

import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.ParentSpec;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Page;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the table that gives a child table's path its values. Immutable.
 *
 * @param child a table with a parent
 * @param names of the path, which the parent gives
 */
record Parents(Service service, TableSpec child, ParentSpec parent, List<String> names) {

  static Optional<Parents> of(Service service, TableSpec child) {
    return child
        .parent()
        .map(parent -> new Parents(service, child, parent, List.copyOf(parent.values().keySet())));
  }

  /** Whether the conditions give the path all its values, so that no parent is needed. */
  boolean isNeedless(List<Expression> filters) {
    return names.stream().allMatch(name -> filters.stream().anyMatch(each -> gives(each, name)));
  }

  private boolean gives(Expression filter, String name) {
    return new Conditions(child)
        .match(filter)
        .filter(match -> match.filter().place().equals(new Place(Place.Kind.PATH, name)))
        .isPresent();
  }

  /** Whether a parent must be given a value for a column of the child. */
  boolean requires(String column) {
    String from = parent.values().getOrDefault(column, "/");
    return !from.startsWith("/")
        && new RestTable(service, spec())
            .schema()
            .findColumn(from)
            .filter(found -> found.has(Column.Trait.REQUIRED_FILTER))
            .isPresent();
  }

  private TableSpec spec() {
    return service.settings().spec().requireTable(parent.table());
  }

  /**
   * The child's conditions for each row of its parent, once for equal ones. Reads the parent to its
   * end.
   */
  List<List<Expression>> conditions(List<Expression> filters, CallContext context) {
    List<List<Object>> values = new ArrayList<>();
    try (ParentRows rows = rows(filters, context)) {
      for (var page = rows.next(); page.isPresent(); page = rows.next()) {
        values.addAll(page.get().values());
      }
    }
    return conditions(filters, values);
  }

  /** The child's conditions for rows of its parent. */
  List<List<Expression>> conditions(List<Expression> filters, List<List<Object>> values) {
    List<Expression> own =
        filters.stream().filter(each -> names.stream().noneMatch(n -> gives(each, n))).toList();
    List<List<Expression>> combinations = new Chains(child).combinations(own);
    List<List<Expression>> all = new ArrayList<>();
    for (List<Object> row : values) {
      for (List<Expression> each : combinations) {
        List<Expression> more = new ArrayList<>(each);
        more.addAll(equal(row));
        all.add(more);
      }
    }
    return all;
  }

  /** The child's conditions for one row of its parent; empty if it has none. */
  Optional<List<Expression>> first(List<Expression> filters, CallContext context) {
    try (ParentRows rows = rows(filters, context)) {
      for (var page = rows.next(); page.isPresent(); page = rows.next()) {
        if (!page.get().values().isEmpty()) {
          return Optional.of(equal(page.get().values().get(0)));
        }
      }
      return Optional.empty();
    }
  }

  private List<Expression> equal(List<Object> row) {
    return IntStream.range(0, names.size())
        .<Expression>mapToObj(at -> equal(at, row.get(at)))
        .toList();
  }

  private Call equal(int at, Object value) {
    Column column = child.requireColumn(names.get(at)).column();
    return Expression.call(
        Function.EQ,
        new ColumnRef(column.name(), column.type()),
        new Constant(value, column.type()));
  }

  /** The rows of the parent that conditions of the child leave. Asks for none yet. */
  ParentRows rows(List<Expression> filters, CallContext context) {
    RestTable table = new RestTable(service, withValues());
    ScanRequest wanted =
        ScanRequest.of(names.stream().map(this::source).toList()).withFilters(asked(filters));
    ScanRequest accepted = table.pushDown(wanted).accepted();
    requireGiven(table, accepted);
    return new ParentRows(
        table,
        accepted,
        page -> values(page, filters, context),
        context,
        service.place(parent.table()));
  }

  private void requireGiven(RestTable table, ScanRequest accepted) {
    for (Column column : table.schema().columns()) {
      if (column.has(Column.Trait.REQUIRED_FILTER)
          && accepted.filters().stream()
              .noneMatch(each -> each.columns().contains(column.name()))) {
        throw new SourceException(
                ErrorKind.INVALID_STATEMENT,
                service.place(parent.table())
                    + ", whose rows "
                    + child.name()
                    + " follows, answers only for given values of "
                    + column.name())
            .withHint(
                "Give " + child.name() + " values of " + String.join(" and ", names) + " instead.");
      }
    }
  }

  /** The name under which a value of the path stands among the parent's columns. */
  private String source(String name) {
    String from = String.valueOf(parent.values().get(name));
    return from.startsWith("/") ? "{" + name + "}" : from;
  }

  /** The parent with a column for each value that it gives by its place. */
  private TableSpec withValues() {
    TableSpec table = spec();
    List<ColumnSpec> columns = new ArrayList<>(table.columns());
    for (String name : names) {
      if (table.findColumn(source(name)).isEmpty()) {
        ColumnSpec wanted = child.requireColumn(name);
        columns.add(
            new ColumnSpec(
                Column.of(source(name), wanted.column().type()),
                Pointer.parse(String.valueOf(parent.values().get(name))),
                wanted.moment(),
                false));
      }
    }
    return table.withColumns(columns);
  }

  /** Conditions of the child that the parent can be asked for in its own words. */
  private List<Expression> asked(List<Expression> filters) {
    List<Expression> asked = new ArrayList<>();
    for (String name : names) {
      Optional<ColumnSpec> own = spec().findColumn(source(name));
      for (Expression filter : filters) {
        if (own.isPresent()
            && gives(filter, name)
            && own.get().column().type().equals(child.requireColumn(name).column().type())) {
          List<Expression> arguments = new ArrayList<>(((Call) filter).arguments());
          arguments.set(0, new ColumnRef(own.get().name(), own.get().column().type()));
          asked.add(new Call(((Call) filter).function(), arguments));
        }
      }
    }
    return asked;
  }

  private List<List<Object>> values(Page page, List<Expression> filters, CallContext context) {
    List<List<Object>> values = new ArrayList<>();
    for (@Nullable Object[] row : page.rows()) {
      List<Object> tuple = new ArrayList<>();
      for (int at = 0; at < row.length; at++) {
        Object value = row[at];
        if (value == null || value.equals("")) {
          context.warn(
              service.place(parent.table())
                  + " has rows without a value for "
                  + names.get(at)
                  + ": nothing of "
                  + child.name()
                  + " can be asked for them");
          break;
        }
        tuple.add(asWanted(value, names.get(at)));
      }
      if (tuple.size() == names.size() && isWanted(tuple, filters)) {
        values.add(tuple);
      }
    }
    return values;
  }

  private Object asWanted(Object value, String name) {
    boolean isText = child.requireColumn(name).column().type().kind() == DataType.Kind.VARCHAR;
    return isText && !(value instanceof String)
        ? value instanceof BigDecimal number ? number.toPlainString() : value.toString()
        : value;
  }

  private boolean isWanted(List<Object> tuple, List<Expression> filters) {
    for (int at = 0; at < tuple.size(); at++) {
      String name = names.get(at);
      Constant value = (Constant) equal(at, tuple.get(at)).arguments().get(1);
      boolean fits =
          filters.stream()
              .filter(filter -> gives(filter, name))
              .allMatch(filter -> ((Call) filter).arguments().contains(value));
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
