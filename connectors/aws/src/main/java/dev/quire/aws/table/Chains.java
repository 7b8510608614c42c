package dev.quire.aws.table;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.ScanRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chains of pages of an accepted scan, and the values in the requests of each. */
final class Chains {
  private final OperationTable table;

  Chains(OperationTable table) {
    this.table = table;
  }

  List<ScanRequest> of(ScanRequest accepted) {
    List<List<Expression>> combinations = List.of(List.of());
    for (Expression filter : accepted.filters()) {
      List<List<Expression>> longer = new ArrayList<>();
      for (List<Expression> before : combinations) {
        for (Expression one : ones(filter)) {
          List<Expression> all = new ArrayList<>(before);
          all.add(one);
          longer.add(all);
        }
      }
      combinations = longer;
    }
    return combinations.stream().map(accepted::withFilters).toList();
  }

  /** One equality for each value. */
  private static List<Expression> ones(Expression filter) {
    Optional<Equality> equality = Equality.of(filter);
    if (equality.isEmpty()) {
      return List.of(filter);
    }
    Expression column = ((Expression.Call) filter).arguments().get(0);
    return equality.get().values().stream()
        .<Expression>map(value -> Expression.call(Function.EQ, column, value))
        .toList();
  }

  Map<String, Object> request(ScanRequest chain) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (TableColumn column : table.columns().values()) {
      column
          .parameter()
          .ifPresent(name -> value(column, chain).ifPresent(value -> values.put(name, value)));
    }
    values.replaceAll(this::fitted);
    table
        .operation()
        .defaults()
        .forEach((name, text) -> values.putIfAbsent(name, parsed(name, text)));
    table
        .operation()
        .paginator()
        .limit()
        .ifPresent(
            limit ->
                new PageSize(table)
                    .of(chain)
                    .ifPresent(
                        size -> values.put(limit.member(), parsed(limit.member(), size + ""))));
    return values;
  }

  /** The value that the chain's filters give a column. */
  Optional<Object> value(TableColumn column, ScanRequest chain) {
    return chain.filters().stream()
        .flatMap(filter -> Equality.of(filter).stream())
        .filter(each -> each.column().equals(column.name()))
        .flatMap(each -> each.values().stream())
        .filter(Constant.class::isInstance)
        .flatMap(each -> Optional.ofNullable(((Constant) each).value()).stream())
        .findFirst();
  }

  /** A list of which one element was given without brackets. */
  private Object fitted(String member, Object value) {
    return value instanceof String text
            && !text.stripLeading().startsWith("[")
            && member(member).shape() instanceof ListShape list
            && list.element() instanceof Scalar element
            && element.kind() == ScalarKind.STRING
        ? List.of(text)
        : value;
  }

  private Object parsed(String name, String text) {
    return member(name).shape() instanceof Scalar scalar
        ? switch (scalar.kind()) {
          case BOOLEAN -> Boolean.parseBoolean(text);
          case INTEGER -> Integer.parseInt(text);
          case LONG -> Long.parseLong(text);
          default -> text;
        }
        : text;
  }

  private Member member(String name) {
    return table
        .operation()
        .input()
        .findMember(name)
        .orElseThrow(() -> new IllegalStateException("no member " + name));
  }
}
