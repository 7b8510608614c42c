package dev.quire.odata.query;

import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Uses;
import dev.quire.odata.profile.Aggregates;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.Measure;
import dev.quire.spi.ScanRequest.MeasureFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Turns a grouping into {@code $apply} (OData Extension for Data Aggregation 4.0) where the service
 * then gives the very groups and numbers that SQL has. Immutable.
 */
public final class GroupTranslator {
  private final EntityTable table;
  private final Profile profile;
  private final Aggregates ways;

  public GroupTranslator(EntityTable table, Profile profile, Aggregates ways) {
    this.table = table;
    this.profile = profile;
    this.ways = ways;
  }

  /** Why the service cannot group the rows of these filters as SQL does; empty if it can. */
  public Optional<String> obstacle(Aggregation wanted, List<Expression> filters) {
    for (String column : wanted.groupBy()) {
      Field field = table.requireField(column);
      if (!groups(field) || isConverted(field)) {
        return Optional.of("the service does not group by '" + column + "' as SQL does");
      }
    }
    for (Measure measure : wanted.measures()) {
      if (!measures(measure, wanted, filters)) {
        return Optional.of(
            "the service has no "
                + measure.function()
                + (measure.distinct() ? " DISTINCT" : "")
                + " of '"
                + measure.column().orElse("*")
                + "' that is surely SQL's");
      }
    }
    return Optional.empty();
  }

  /** Only where values that are equal for the service are equal for SQL, and the reverse. */
  private boolean groups(Field field) {
    if (field.navigation().isPresent()) {
      return false;
    }
    return switch (field.kind()) {
      case BYTE, SBYTE, INT16, INT32, INT64, DECIMAL, BOOLEAN, GUID -> true;
      case DATE -> ways.groupsDays();
      case STRING -> profile.strings() == Profile.Strings.EXACT && field.term().isEmpty();
      default -> false;
    };
  }

  private boolean measures(Measure measure, Aggregation wanted, List<Expression> filters) {
    if (measure.column().isEmpty()) {
      return true;
    }
    Field field = table.requireField(measure.column().get());
    boolean counted = measure.function() == MeasureFunction.COUNT;
    if (field.navigation().isPresent() || (isConverted(field) && !counted)) {
      return false;
    }
    return switch (measure.function()) {
      case SUM -> !measure.distinct() && isExactNumber(field.kind());
      case MIN, MAX -> isOrdered(field.kind());
      case COUNT ->
          measure.distinct()
              ? groups(field) && !isConverted(field)
              : isNeverNull(field, filters) || isOnlyColumn(field, wanted);
      case AVG, COUNT_ALL -> false;
    };
  }

  private static boolean isExactNumber(EdmKind kind) {
    return switch (kind) {
      case BYTE, SBYTE, INT16, INT32, INT64, DECIMAL -> true;
      default -> false;
    };
  }

  private boolean isOrdered(EdmKind kind) {
    return switch (kind) {
      case DATE, TIME_OF_DAY, DATE_TIME_OFFSET -> true;
      case DOUBLE -> !profile.nan();
      default -> isExactNumber(kind);
    };
  }

  private boolean isConverted(Field field) {
    return !ways.money().isEmpty() && table.field(field.name() + ways.money()) != null;
  }

  private static boolean isNeverNull(Field field, List<Expression> filters) {
    return !field.column().nullable()
        || filters.stream().anyMatch(filter -> NullRejection.rejects(filter, field.name()));
  }

  /** Then rows without a value can be left out altogether: they change no number. */
  private static boolean isOnlyColumn(Field field, Aggregation wanted) {
    return wanted.groupBy().isEmpty()
        && field.uses().filters()
        && !field.optionalParent()
        && wanted.measures().stream()
            .allMatch(each -> each.column().equals(Optional.of(field.name())));
  }

  /**
   * The value of {@code $apply}, unencoded.
   *
   * @param conditions what the filters say in the URL language
   */
  public String apply(ScanRequest scan, List<String> conditions) {
    Aggregation wanted = scan.aggregation().orElseThrow();
    List<String> sent = new ArrayList<>(conditions);
    leftOut(wanted, scan.filters()).ifPresent(field -> sent.add(field.urlPath() + " ne null"));
    String filter = sent.isEmpty() ? "" : "filter(" + String.join(" and ", sent) + ")/";
    List<String> measures = new ArrayList<>();
    for (int i = 0; i < wanted.measures().size(); i++) {
      measures.add(method(wanted.measures().get(i)) + " as " + alias(i));
    }
    String aggregate = measures.isEmpty() ? "" : "aggregate(" + String.join(",", measures) + ")";
    if (wanted.groupBy().isEmpty()) {
      return filter + aggregate;
    }
    String keys =
        wanted.groupBy().stream()
            .map(column -> table.requireField(column).urlPath())
            .collect(Collectors.joining(","));
    return filter + "groupby((" + keys + ")" + (aggregate.isEmpty() ? "" : "," + aggregate) + ")";
  }

  /** The property whose nulls are left out, so that counting rows counts its values. */
  private Optional<Field> leftOut(Aggregation wanted, List<Expression> filters) {
    return wanted.measures().stream()
        .filter(each -> each.function() == MeasureFunction.COUNT && !each.distinct())
        .map(each -> table.requireField(each.column().orElseThrow()))
        .filter(field -> !isNeverNull(field, filters))
        .findFirst();
  }

  private String method(Measure measure) {
    if (measure.function() == MeasureFunction.COUNT_ALL
        || (measure.function() == MeasureFunction.COUNT && !measure.distinct())) {
      return "$count";
    }
    String path = table.requireField(measure.column().orElseThrow()).urlPath();
    return switch (measure.function()) {
      case SUM -> path + " with sum";
      case MIN -> path + " with min";
      case MAX -> path + " with max";
      default -> path + " with countdistinct";
    };
  }

  /** A name that no property has. */
  private String alias(int index) {
    StringBuilder name = new StringBuilder("m").append(index + 1);
    while (table.field(name.toString()) != null) {
      name.append('x');
    }
    return name.toString();
  }

  /** The values of a group's row, in SQL's order. */
  public List<Field> fields(Aggregation wanted) {
    List<Field> fields = new ArrayList<>();
    wanted.groupBy().forEach(column -> fields.add(table.requireField(column)));
    for (int i = 0; i < wanted.measures().size(); i++) {
      Column column = Column.of(alias(i), wanted.measures().get(i).type());
      fields.add(
          new Field(
              column, List.of(alias(i)), EdmKind.STRUCTURE, Uses.ALL, Optional.empty(), false));
    }
    return fields;
  }
}
