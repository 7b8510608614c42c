package dev.quire.aws.table;

import dev.quire.aws.model.Location;
import dev.quire.aws.model.Member;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Shape;
import dev.quire.aws.model.Shape.ListShape;
import dev.quire.aws.model.Shape.MapShape;
import dev.quire.aws.model.Shape.Scalar;
import dev.quire.aws.model.Shape.Structure;
import dev.quire.aws.table.TableColumn.MapKey;
import dev.quire.aws.table.TableColumn.OfAnswer;
import dev.quire.aws.table.TableColumn.Origin;
import dev.quire.aws.table.TableColumn.RowMember;
import dev.quire.aws.table.TableColumn.WholeRow;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns that an operation's answers fill. A row's members are columns; a structure among them
 * is taken apart once, with a dot in the names; whatever is deeper, and every list and map, is
 * JSON.
 */
final class RowColumns {
  private static final String KEY = "key";

  private final Map<String, TableColumn> columns = new LinkedHashMap<>();

  private RowColumns() {}

  static Map<String, TableColumn> of(OperationModel operation, Path result) {
    RowColumns made = new RowColumns();
    List<String> names = result.names();
    Shape rows = result.findShape(operation.output()).orElseThrow();
    made.rows(rows, names.get(names.size() - 1));
    for (Path path : operation.paginator().nonAggregate()) {
      if (isBeside(operation, path, names)) {
        path.findShape(operation.output()).ifPresent(shape -> made.beside(path, shape));
      }
    }
    return made.columns;
  }

  /** Whether a place does not hold the rows themselves, and is more than the status code. */
  private static boolean isBeside(OperationModel operation, Path path, List<String> rows) {
    List<String> names = path.names();
    boolean holdsRows = names.size() <= rows.size() && names.equals(rows.subList(0, names.size()));
    return !holdsRows
        && operation
            .output()
            .findMember(names.get(0))
            .filter(member -> member.location() != Location.STATUS)
            .isPresent();
  }

  static DataType type(Shape shape) {
    return shape instanceof Scalar scalar
        ? switch (scalar.kind()) {
          case STRING -> DataType.VARCHAR;
          case INTEGER -> DataType.INTEGER;
          case LONG -> DataType.BIGINT;
          case FLOAT, DOUBLE -> DataType.DOUBLE;
          case BOOLEAN -> DataType.BOOLEAN;
          case TIMESTAMP -> DataType.TIMESTAMP_TZ;
          case BLOB -> DataType.VARBINARY;
          case DOCUMENT -> DataType.JSON;
        }
        : DataType.JSON;
  }

  private void rows(Shape rows, String name) {
    if (rows instanceof ListShape list) {
      element(list.element(), Singular.of(name));
    } else if (rows instanceof MapShape map) {
      add(Column.of(KEY, DataType.VARCHAR), new MapKey());
      element(map.value(), "value");
    } else {
      element(rows, name);
    }
  }

  private void element(Shape element, String name) {
    if (element instanceof Structure structure && !structure.members().isEmpty()) {
      structure.members().forEach(this::member);
    } else {
      add(Column.of(name, type(element)), new WholeRow());
    }
  }

  private void member(Member member) {
    if (member.shape() instanceof Structure structure && !structure.members().isEmpty()) {
      for (Member inner : structure.members()) {
        add(
            column(inner, member.name() + "." + inner.name()),
            new RowMember(List.of(member.name(), inner.name())));
      }
    } else {
      add(column(member, member.name()), new RowMember(List.of(member.name())));
    }
  }

  static Column column(Member member, String name) {
    Column column = Column.of(name, type(member));
    return member.remarks().map(column::withRemarks).orElse(column);
  }

  private static DataType type(Member member) {
    return member.form() == Member.Form.JSON_TEXT ? DataType.JSON : type(member.shape());
  }

  /** A column of what belongs to the answer and not to its rows. */
  private void beside(Path path, Shape shape) {
    List<String> names = new ArrayList<>(path.names());
    Column column = Column.of(names.get(names.size() - 1), type(shape));
    if (columns.keySet().stream().noneMatch(column.name()::equalsIgnoreCase)) {
      add(column.withTraits(Column.Trait.HIDDEN), new OfAnswer(path));
    }
  }

  private void add(Column column, Origin origin) {
    columns.putIfAbsent(column.name(), TableColumn.of(column, origin));
  }
}
