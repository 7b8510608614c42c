package dev.quire.rest.spec;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Nearest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The columns and filters of one table while it is read. One thread at a time. */
final class Columns {
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("string", DataType.VARCHAR),
          Map.entry("boolean", DataType.BOOLEAN),
          Map.entry("integer", DataType.INTEGER),
          Map.entry("bigint", DataType.BIGINT),
          Map.entry("double", DataType.DOUBLE),
          Map.entry("decimal", DataType.DECIMAL),
          Map.entry("date", DataType.DATE),
          Map.entry("time", DataType.TIME),
          Map.entry("timestamp", DataType.TIMESTAMP),
          Map.entry("timestamptz", DataType.TIMESTAMP_TZ),
          Map.entry("uuid", DataType.UUID),
          Map.entry("binary", DataType.VARBINARY),
          Map.entry("json", DataType.JSON));
  private static final Pattern DECIMAL = Pattern.compile("decimal\\((\\d{1,4}), ?(\\d{1,4})\\)");
  private static final Map<String, Function> OPERATORS =
      Map.of(
          "=", Function.EQ,
          "<", Function.LT,
          "<=", Function.LE,
          ">", Function.GT,
          ">=", Function.GE,
          "contains", Function.CONTAINS);

  private final Map<String, ColumnSpec> columns = new LinkedHashMap<>();
  private final Set<String> required = new HashSet<>();
  private final Set<String> pathNames;

  /**
   * @param pathNames names in the path; those that are no column become one that must be given,
   *     unless a parent gives it
   */
  Columns(
      Set<String> pathNames, Optional<ParentSpec> parent, Optional<Yaml> declared, Format format) {
    this.pathNames = pathNames;
    declared.ifPresent(
        section -> section.section().forEach((name, yaml) -> add(column(name, yaml, format))));
    for (String name : pathNames) {
      columns.putIfAbsent(name, ColumnSpec.given(name));
      if (parent.isEmpty()) {
        required.add(name);
      }
    }
  }

  private void add(ColumnSpec column) {
    columns.put(column.name(), column);
  }

  private ColumnSpec column(String name, Yaml yaml, Format format) {
    Pointer place = place(name, format);
    if (!yaml.isSection()) {
      return new ColumnSpec(Column.of(name, type(yaml)), place, Moment.ISO, false);
    }
    Map<String, Yaml> section =
        yaml.section("type", "path", "format", "given", "not_null", "remarks");
    Column column = Column.of(name, type(yaml.require(section, "type")));
    if (Yaml.find(section, "not_null").map(Yaml::flag).orElse(false)) {
      column = column.notNull();
    }
    Optional<String> remarks = Yaml.find(section, "remarks").map(Yaml::text);
    return new ColumnSpec(
        remarks.isPresent() ? column.withRemarks(remarks.get()) : column,
        Yaml.find(section, "path").map(Yaml::pointer).orElse(place),
        Yaml.find(section, "format").map(Columns::moment).orElse(Moment.ISO),
        Yaml.find(section, "given").map(Yaml::flag).orElse(false));
  }

  /** Where a column is that does not say so: at its name or, without names, in its turn. */
  private Pointer place(String name, Format format) {
    if (!(format instanceof Format.Csv csv) || csv.header()) {
      return Pointer.to(name);
    }
    long before = columns.values().stream().filter(column -> !column.given()).count();
    return Pointer.to(Long.toString(before));
  }

  private static Moment moment(Yaml yaml) {
    return switch (yaml.choice(List.of("iso", "epoch", "epoch_ms"))) {
      case "epoch" -> Moment.EPOCH;
      case "epoch_ms" -> Moment.EPOCH_MS;
      default -> Moment.ISO;
    };
  }

  /** The type of a word in {@link #TYPES}. */
  static DataType typeOf(String word) {
    return Objects.requireNonNull(TYPES.get(word), word);
  }

  /** The word for a type. */
  static String wordFor(DataType type) {
    return TYPES.entrySet().stream()
        .filter(each -> each.getValue().equals(type))
        .findFirst()
        .map(Map.Entry::getKey)
        .orElseGet(() -> type.sqlName().toLowerCase(Locale.ROOT));
  }

  private static DataType type(Yaml yaml) {
    String text = yaml.text();
    Matcher decimal = DECIMAL.matcher(text);
    if (decimal.matches()) {
      return DataType.decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    DataType type = TYPES.get(text);
    if (type == null) {
      List<String> known = TYPES.keySet().stream().sorted().toList();
      throw yaml.fault("there is no type '" + text + "'")
          .withHint(
              Nearest.question(text, known)
                  .orElse("The types are " + String.join(", ", known) + "."));
    }
    return type;
  }

  /** Reads the filters; a name in the path has one of its own. */
  List<FilterSpec> filters(Optional<Yaml> declared) {
    List<FilterSpec> filters = new ArrayList<>();
    columns.values().stream()
        .filter(column -> pathNames.contains(column.name()))
        .forEach(
            column -> {
              Place place = new Place(Place.Kind.PATH, column.name());
              filters.add(
                  new FilterSpec(
                      column.name(), Function.EQ, place, column.given(), Optional.empty()));
            });
    declared.ifPresent(list -> list.list().forEach(each -> filters.add(filter(each))));
    return filters;
  }

  private FilterSpec filter(Yaml yaml) {
    Map<String, Yaml> section =
        yaml.section(
            "column", "operator", "parameter", "header", "body", "exact", "required", "join");
    Yaml named = yaml.require(section, "column");
    ColumnSpec column = columns.get(named.text());
    if (column == null) {
      throw named
          .fault("the table has no column '" + named.text() + "'")
          .withHint(
              Nearest.question(named.text(), columns.keySet())
                  .orElse("Declare it with 'given: true' if rows do not have it."));
    }
    Function operator =
        Yaml.find(section, "operator")
            .map(o -> o.choice(OPERATORS.keySet().stream().sorted().toList()))
            .map(OPERATORS::get)
            .orElse(Function.EQ);
    if (Yaml.find(section, "required").map(Yaml::flag).orElse(false)) {
      required.add(column.name());
    }
    boolean exact = Yaml.find(section, "exact").map(Yaml::flag).orElse(column.given());
    if (column.given() && operator != Function.EQ) {
      throw yaml.fault(
          "rows have no '" + column.name() + "' to compare; a given column takes = alone");
    }
    return new FilterSpec(
        column.name(),
        operator,
        PagingReader.place(yaml, section),
        exact,
        Yaml.find(section, "join").map(Yaml::text));
  }

  /** All columns; call after {@link #filters}. */
  List<ColumnSpec> all() {
    return columns.values().stream()
        .map(
            each ->
                required.contains(each.name())
                    ? new ColumnSpec(
                        each.column().withTraits(Column.Trait.REQUIRED_FILTER),
                        each.path(),
                        each.moment(),
                        each.given())
                    : each)
        .toList();
  }
}
