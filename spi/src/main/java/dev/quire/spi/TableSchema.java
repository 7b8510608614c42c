package dev.quire.spi;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a table before it is read. Fixed before the first row: a field that appears
 * later is ignored, one that is missing is NULL.
 *
 * @param key names of the columns that identify a row; empty when unknown
 * @param remarks the service's own description
 */
public record TableSchema(
    TableName name,
    List<Column> columns,
    List<String> key,
    List<Reference> references,
    Optional<String> remarks) {

  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    references = List.copyOf(references);
  }

  public TableSchema(TableName name, List<Column> columns) {
    this(name, columns, List.of(), List.of(), Optional.empty());
  }

  /** Finds a column by its exact name. */
  public Optional<Column> findColumn(String columnName) {
    return columns.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /**
   * A foreign key.
   *
   * @param columns in this table
   * @param target the table referred to, in the same source
   * @param targetColumns matching {@code columns} one by one
   * @param navigation the API's name for the way from a row to the row referred to, where it has
   *     one; columns of that row can be asked for with a row of this table
   */
  public record Reference(
      List<String> columns,
      TableName target,
      List<String> targetColumns,
      Optional<String> navigation) {
    public Reference {
      columns = List.copyOf(columns);
      targetColumns = List.copyOf(targetColumns);
    }

    public Reference(List<String> columns, TableName target, List<String> targetColumns) {
      this(columns, target, targetColumns, Optional.empty());
    }

    public Reference withNavigation(String name) {
      return new Reference(columns, target, targetColumns, Optional.of(name));
    }
  }
}
