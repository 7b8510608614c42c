package dev.quire.engine.fake;

import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.TableSchema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Does what a scan asks for, over rows in memory. */
final class FakeScan {
  private FakeScan() {}

  static List<@Nullable Object[]> run(
      ScanRequest scan, TableSchema schema, List<@Nullable Object[]> rows) {
    List<Map<String, @Nullable Object>> kept = new ArrayList<>();
    for (@Nullable Object[] row : rows) {
      Map<String, @Nullable Object> named = named(schema, row);
      if (scan.filters().stream().allMatch(filter -> FakeExpressions.holds(filter, named))) {
        kept.add(named);
      }
    }
    scan.filters().forEach(FakeScan::refusePlaceholders);
    if (!scan.order().isEmpty()) {
      kept.sort(order(scan.order()));
    }
    List<@Nullable Object[]> result =
        scan.aggregation()
            .map(aggregation -> grouped(aggregation, kept))
            .orElseGet(() -> selected(scan.columns(), kept));
    int from = (int) Math.min(scan.offset(), result.size());
    int to = (int) Math.min(result.size(), from + scan.limit().orElse(Integer.MAX_VALUE));
    return result.subList(from, to);
  }

  private static void refusePlaceholders(Expression expression) {
    if (expression instanceof Expression.Placeholder) {
      throw new IllegalArgumentException("a placeholder reached the source");
    }
    if (expression instanceof Expression.Call call) {
      call.arguments().forEach(FakeScan::refusePlaceholders);
    }
  }

  private static Map<String, @Nullable Object> named(TableSchema schema, @Nullable Object[] row) {
    Map<String, @Nullable Object> named = new HashMap<>();
    List<Column> columns = schema.columns();
    for (int i = 0; i < columns.size(); i++) {
      named.put(columns.get(i).name(), row[i]);
    }
    return named;
  }

  private static List<@Nullable Object[]> selected(
      List<String> columns, List<Map<String, @Nullable Object>> rows) {
    List<@Nullable Object[]> selected = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      @Nullable Object[] values = new Object[columns.size()];
      for (int i = 0; i < values.length; i++) {
        if (!row.containsKey(columns.get(i))) {
          throw new IllegalArgumentException("no column " + columns.get(i));
        }
        values[i] = row.get(columns.get(i));
      }
      selected.add(values);
    }
    return selected;
  }

  @SuppressWarnings("unchecked")
  private static Comparator<Map<String, @Nullable Object>> order(List<ScanRequest.SortKey> keys) {
    return (left, right) -> {
      for (ScanRequest.SortKey key : keys) {
        Object a = left.get(key.column());
        Object b = right.get(key.column());
        int compared;
        if (a == null || b == null) {
          compared = a == b ? 0 : (a == null) == key.nullsFirst() ? -1 : 1;
        } else {
          compared = ((Comparable<Object>) a).compareTo(b) * (key.descending() ? -1 : 1);
        }
        if (compared != 0) {
          return compared;
        }
      }
      return 0;
    };
  }

  private static List<@Nullable Object[]> grouped(
      ScanRequest.Aggregation aggregation, List<Map<String, @Nullable Object>> rows) {
    Map<List<@Nullable Object>, List<Map<String, @Nullable Object>>> groups = new LinkedHashMap<>();
    if (aggregation.groupBy().isEmpty()) {
      groups.put(List.of(), new ArrayList<>());
    }
    for (Map<String, @Nullable Object> row : rows) {
      List<@Nullable Object> key = new ArrayList<>();
      aggregation.groupBy().forEach(column -> key.add(row.get(column)));
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
    }
    List<@Nullable Object[]> result = new ArrayList<>();
    groups.forEach(
        (key, members) -> {
          List<@Nullable Object> values = new ArrayList<>(key);
          aggregation.measures().forEach(each -> values.add(measure(each, members)));
          result.add(values.toArray());
        });
    return result;
  }

  private static @Nullable Object measure(
      ScanRequest.Measure measure, List<Map<String, @Nullable Object>> rows) {
    List<Object> values = new ArrayList<>();
    measure
        .column()
        .ifPresent(
            column ->
                rows.stream()
                    .map(row -> row.get(column))
                    .filter(Objects::nonNull)
                    .forEach(values::add));
    List<Object> counted = measure.distinct() ? values.stream().distinct().toList() : values;
    return switch (measure.function()) {
      case COUNT_ALL -> (long) rows.size();
      case COUNT -> (long) counted.size();
      case SUM -> sum(measure, counted);
      case MIN -> counted.stream().min(FakeScan::natural).orElse(null);
      case MAX -> counted.stream().max(FakeScan::natural).orElse(null);
      case AVG ->
          counted.isEmpty()
              ? null
              : counted.stream().mapToDouble(each -> ((Number) each).doubleValue()).sum()
                  / counted.size();
    };
  }

  private static @Nullable Object sum(ScanRequest.Measure measure, List<Object> values) {
    BigDecimal sum = null;
    for (Object value : values) {
      BigDecimal number = new BigDecimal(value.toString());
      sum = sum == null ? number : sum.add(number);
    }
    if (sum == null) {
      return null;
    }
    return switch (measure.type().kind()) {
      case BIGINT -> (Object) sum.longValueExact();
      case DOUBLE -> sum.doubleValue();
      default -> sum;
    };
  }

  @SuppressWarnings("unchecked")
  private static int natural(Object left, Object right) {
    return ((Comparable<Object>) left).compareTo(right);
  }
}
