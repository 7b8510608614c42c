package dev.quire.aws.table;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.ServiceModel;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.ScalarKind;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema.Reference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which table of a service has the values that another requires, as its names tell: {@code JobName}
 * is the {@code Name} of a {@code Job}, and {@code get_jobs} lists {@code Jobs}. Only tables that
 * require nothing themselves supply.
 */
final class Suppliers {
  private static final List<String> KEYS = List.of("Name", "Id", "Arn", "Identifier");

  private final ServiceModel service;

  Suppliers(ServiceModel service) {
    this.service = service;
  }

  /**
   * One supplier.
   *
   * @param weight how sure it is
   */
  private record Supply(OperationModel operation, String column, int weight) {}

  /** References of the required texts of an operation, by the columns that show them. */
  List<Reference> of(OperationModel operation, List<TableColumn> required) {
    List<Reference> references = new ArrayList<>();
    for (TableColumn column : required) {
      find(operation, column.parameter().orElseThrow())
          .map(
              supply ->
                  new Reference(
                      List.of(column.name()),
                      new TableName(service.name(), supply.operation().snakeName()),
                      List.of(supply.column())))
          .ifPresent(references::add);
    }
    return references;
  }

  private Optional<Supply> find(OperationModel asking, String parameter) {
    if (!isText(asking.input().findMember(parameter).orElseThrow().shape())) {
      return Optional.empty();
    }
    return service.operations().values().stream()
        .filter(each -> !each.name().equals(asking.name()))
        .filter(each -> each.input().members().stream().noneMatch(Member::required))
        .flatMap(each -> supplies(each, parameter).stream())
        .max(
            Comparator.comparingInt(Supply::weight)
                .thenComparing(each -> -each.operation().snakeName().length())
                .thenComparing(each -> each.operation().snakeName(), Comparator.reverseOrder()));
  }

  private static List<Supply> supplies(OperationModel operation, String parameter) {
    Path result = operation.paginator().results().get(0);
    if (!(result.findShape(operation.output()).orElse(null) instanceof ListShape list)) {
      return List.of();
    }
    List<String> names = result.names();
    String entity = Singular.of(names.get(names.size() - 1));
    List<Supply> supplies = new ArrayList<>();
    if (list.element() instanceof Structure row) {
      for (Member member : row.members()) {
        int weight = isText(member.shape()) ? weight(entity, member.name(), parameter) : 0;
        supplies.add(new Supply(operation, member.name(), weight));
      }
    } else if (isText(list.element())) {
      boolean same = entity.equalsIgnoreCase(parameter);
      supplies.add(new Supply(operation, entity, same ? 3 : isKeyOf(parameter, entity) ? 2 : 0));
    }
    return supplies.stream().filter(each -> each.weight() > 0).toList();
  }

  private static int weight(String entity, String column, String parameter) {
    if (KEYS.stream().noneMatch(key -> endsWith(column, key))) {
      return 0;
    }
    boolean own = column.equalsIgnoreCase(parameter) && startsWith(parameter, entity);
    if (own || (entity + column).equalsIgnoreCase(parameter)) {
      return 4;
    }
    return entity.equalsIgnoreCase(parameter) && column.equalsIgnoreCase("Name") ? 2 : 0;
  }

  /** Whether a name is that of an entity's key: {@code clusterArn} for {@code cluster}. */
  private static boolean isKeyOf(String entity, String name) {
    return KEYS.stream().anyMatch(key -> (entity + key).equalsIgnoreCase(name));
  }

  private static boolean startsWith(String text, String start) {
    return text.regionMatches(true, 0, start, 0, start.length());
  }

  private static boolean endsWith(String text, String end) {
    return text.regionMatches(true, text.length() - end.length(), end, 0, end.length());
  }

  private static boolean isText(Shape shape) {
    return shape instanceof Scalar scalar && scalar.kind() == ScalarKind.STRING;
  }
}
