package dev.quire.rest.spec;

import dev.quire.spi.Column;
import dev.quire.spi.TableName;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One table of a spec. Immutable.
 *
 * @param columns of rows and of requests; those of rows alone are missing while {@code inferred}
 * @param inferred whether the columns of rows are to be found out from the first page
 * @param sample values of the path's names with which the first page is asked for then
 * @param parent the table whose rows give the path its values where the statement does not
 * @param session what is opened before the first page and closed after the last
 */
public record TableSpec(
    TableName name,
    RequestSpec request,
    AnswerSpec answer,
    List<ColumnSpec> columns,
    boolean inferred,
    Map<String, String> sample,
    List<String> key,
    List<FilterSpec> filters,
    Optional<PageSize> pageSize,
    PagingSpec paging,
    Optional<ParentSpec> parent,
    Optional<SessionSpec> session,
    Optional<String> remarks) {

  public TableSpec {
    columns = List.copyOf(columns);
    sample = Map.copyOf(sample);
    key = List.copyOf(key);
    filters = List.copyOf(filters);
  }

  /** The same with these columns, and nothing to find out. */
  public TableSpec withColumns(List<ColumnSpec> found) {
    return new TableSpec(
        name, request, answer, found, false, sample, key, filters, pageSize, paging, parent,
        session, remarks);
  }

  public Optional<ColumnSpec> findColumn(String column) {
    return columns.stream().filter(each -> each.name().equals(column)).findFirst();
  }

  public ColumnSpec requireColumn(String column) {
    return findColumn(column)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no column " + column));
  }

  /** The columns whose values a request cannot do without, other than these. */
  public Set<String> missing(Collection<String> given) {
    return columns.stream()
        .filter(each -> each.column().has(Column.Trait.REQUIRED_FILTER))
        .map(ColumnSpec::name)
        .filter(name -> !given.contains(name))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
