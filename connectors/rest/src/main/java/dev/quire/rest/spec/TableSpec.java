package dev.quire.rest.spec;

import dev.quire.spi.TableName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One table of a spec. Immutable.
 *
 * @param path below the base URL, with {@code {name}} where a value goes; perhaps with a query
 * @param parameters sent with every request, whatever page
 * @param body of a POST: a tree of maps, lists, strings, numbers, booleans and null
 * @param form whether a POST's parameters are its body
 * @param total where an answer says how many rows there are in all
 */
public record TableSpec(
    TableName name,
    String method,
    String path,
    Map<String, String> parameters,
    Map<String, String> headers,
    @Nullable Object body,
    boolean form,
    Rows rows,
    List<ColumnSpec> columns,
    List<String> key,
    List<FilterSpec> filters,
    Optional<PageSize> pageSize,
    PagingSpec paging,
    Optional<Signal> total,
    ErrorSpec errors,
    Optional<String> remarks) {

  public TableSpec {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    filters = List.copyOf(filters);
  }

  public Optional<ColumnSpec> findColumn(String column) {
    return columns.stream().filter(each -> each.name().equals(column)).findFirst();
  }

  public ColumnSpec requireColumn(String column) {
    return findColumn(column)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no column " + column));
  }
}
