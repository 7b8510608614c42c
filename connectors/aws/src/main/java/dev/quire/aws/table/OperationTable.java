package dev.quire.aws.table;

import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.SnakeName;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One list of an operation's answers, seen as a table. Immutable and thread-safe.
 *
 * @param result where the rows are in an answer
 * @param columns by their names, in the schema's order
 */
public record OperationTable(
    ServiceModel service,
    OperationModel operation,
    Path result,
    TableSchema schema,
    Map<String, TableColumn> columns) {

  public OperationTable {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** The names of a service's tables: its operations in boto3's names, sorted. */
  public static List<String> names(ServiceModel service) {
    List<String> names = new ArrayList<>();
    for (OperationModel operation : service.operations().values()) {
      results(operation).forEach(result -> names.add(name(operation, result)));
    }
    names.sort(null);
    return names;
  }

  /** Finds a table by its exact name. */
  public static Optional<OperationTable> find(ServiceModel service, String name) {
    for (OperationModel operation : service.operations().values()) {
      if (name.startsWith(operation.snakeName())) {
        for (Path result : results(operation)) {
          if (name(operation, result).equals(name)) {
            return Optional.of(of(service, operation, result));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The places that make tables: the first, and every other one that holds many. */
  private static List<Path> results(OperationModel operation) {
    List<Path> all = operation.paginator().results();
    return all.stream()
        .filter(each -> isFirst(operation, each) || holdsMany(operation, each))
        .toList();
  }

  @SuppressWarnings("ReferenceEquality") // each is one of them
  private static boolean isFirst(OperationModel operation, Path result) {
    return result == operation.paginator().results().get(0);
  }

  private static boolean holdsMany(OperationModel operation, Path result) {
    return result
        .findShape(operation.output())
        .filter(shape -> shape instanceof Shape.ListShape || shape instanceof Shape.MapShape)
        .isPresent();
  }

  private static String name(OperationModel operation, Path result) {
    if (isFirst(operation, result)) {
      return operation.snakeName();
    }
    List<String> names = result.names();
    return operation.snakeName() + "_" + SnakeName.of(names.get(names.size() - 1));
  }

  private static OperationTable of(ServiceModel service, OperationModel operation, Path result) {
    Map<String, TableColumn> columns =
        RequestColumns.added(operation, RowColumns.of(operation, result));
    TableSchema schema =
        new TableSchema(
            new TableName(service.name(), name(operation, result)),
            columns.values().stream().map(TableColumn::column).toList(),
            List.of(),
            new Suppliers(service).of(operation, required(columns)),
            operation.remarks());
    return new OperationTable(service, operation, result, schema, columns);
  }

  private static List<TableColumn> required(Map<String, TableColumn> columns) {
    return columns.values().stream()
        .filter(column -> column.column().has(Trait.REQUIRED_FILTER))
        .toList();
  }

  /** What the service does of a wanted scan. */
  public Pushdown pushDown(ScanRequest wanted) {
    return new Pushing(this).answer(wanted);
  }

  /**
   * The chains of pages of an accepted scan: one, or one for each combination of the values that an
   * IN has. Each has one value for each parameter that was given.
   */
  public List<ScanRequest> chains(ScanRequest accepted) {
    return new Chains(this).of(accepted);
  }

  /**
   * The members of the requests of one chain, by name, in the classes of their columns: what was
   * given, what a complete read needs besides, and the page size. No tokens.
   */
  public Map<String, Object> request(ScanRequest chain) {
    return new Chains(this).request(chain);
  }

  /** The value that a column has in rows that lack it, where the chain gives it one. */
  public Optional<Object> given(TableColumn column, ScanRequest chain) {
    return column.isGiven() || column.column().has(Trait.REQUIRED_FILTER)
        ? new Chains(this).value(column, chain)
        : Optional.empty();
  }

  /** The name alone: the whole model would not fit into a message. */
  @Override
  public String toString() {
    return schema.name().toString();
  }
}
