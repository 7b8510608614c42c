package dev.quire.aws.table;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.table.TableColumn.Given;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Adds the members of requests to the columns of rows. A member whose name a row's column has is
 * the same column, if their types make an equality of both; else it is one of its own. What an
 * answer only repeats of its request is the request's. Members that page or that only a client
 * needs are none.
 */
final class RequestColumns {
  /** Put before the name of a member that a row's column has in another sense. */
  static final String APART = "request_";

  /** Names that in a request never mean what a row has under them. */
  private static final Set<String> BEGINNINGS = Set.of("Prefix", "prefix", "Delimiter");

  private static final Set<ScalarKind> EQUAL_KINDS =
      Set.of(ScalarKind.STRING, ScalarKind.BOOLEAN, ScalarKind.INTEGER, ScalarKind.LONG);

  private final Map<String, TableColumn> columns;
  private final Set<String> anyCase = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

  private RequestColumns(Map<String, TableColumn> rows) {
    this.columns = new LinkedHashMap<>(rows);
    anyCase.addAll(rows.keySet());
  }

  /** The columns of a table: those of its rows, required members first, the others hidden. */
  static Map<String, TableColumn> added(OperationModel operation, Map<String, TableColumn> rows) {
    RequestColumns made = new RequestColumns(rows);
    Set<String> paging = paging(operation.paginator());
    for (Member member : operation.input().members()) {
      if (!paging.contains(member.name()) && isForUsers(member)) {
        made.add(member);
      }
    }
    return requiredFirst(made.columns);
  }

  private static Set<String> paging(Paginator paginator) {
    Set<String> names = new HashSet<>();
    paginator.tokens().forEach(token -> names.add(token.input()));
    paginator.limit().ifPresent(limit -> names.add(limit.member()));
    return names;
  }

  private static boolean isForUsers(Member member) {
    return member.form() != Member.Form.IDEMPOTENCY_TOKEN && member.form() != Member.Form.STREAM;
  }

  private void add(Member member) {
    TableColumn row = columns.get(member.name());
    if (row != null && means(member, row)) {
      Column column = member.required() ? required(row.column()) : row.column();
      columns.put(member.name(), new TableColumn(column, row.origin(), Optional.of(member.name())));
      return;
    }
    boolean echoed = row != null && row.origin() instanceof TableColumn.OfAnswer;
    String name =
        anyCase.contains(member.name()) && !echoed ? APART + member.name() : member.name();
    Column plain = RowColumns.column(member, name);
    Column text =
        plain.type().kind() == DataType.Kind.JSON
            ? new Column(name, DataType.VARCHAR, true, Set.of(), plain.remarks())
            : plain;
    Column column =
        member.required() ? required(text) : text.withTraits(Trait.HIDDEN, Trait.PARAMETER);
    columns.put(name, new TableColumn(column, new Given(), Optional.of(member.name())));
    anyCase.add(name);
  }

  /** Whether an equality in a request is one in the rows too. */
  private static boolean means(Member member, TableColumn row) {
    return member.shape() instanceof Scalar scalar
        && EQUAL_KINDS.contains(scalar.kind())
        && RowColumns.type(scalar).equals(row.column().type())
        && row.origin() instanceof TableColumn.RowMember
        && !BEGINNINGS.contains(member.name());
  }

  private static Column required(Column column) {
    return column.withTraits(Trait.REQUIRED_FILTER);
  }

  private static Map<String, TableColumn> requiredFirst(Map<String, TableColumn> columns) {
    Map<String, TableColumn> sorted = new LinkedHashMap<>();
    columns.forEach(
        (name, column) -> {
          if (column.isGiven() && column.column().has(Trait.REQUIRED_FILTER)) {
            sorted.put(name, column);
          }
        });
    columns.forEach(sorted::putIfAbsent);
    return sorted;
  }
}
