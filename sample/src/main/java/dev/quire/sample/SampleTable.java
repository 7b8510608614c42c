package dev.quire.sample;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An entity set whose rows are computed from their numbers. The first column is the key. Immutable.
 */
final class SampleTable {
  private final String setName;
  private final String entityName;
  private final RowKeys keys;
  private final Map<String, SampleColumn> columns = new LinkedHashMap<>();
  private final Map<String, Navigation> navigations = new LinkedHashMap<>();
  private final Map<String, SampleTable> sets;

  SampleTable(
      String setName,
      String entityName,
      RowKeys keys,
      List<SampleColumn> columns,
      List<Navigation> navigations) {
    this(setName, entityName, keys, columns, navigations, Map.of());
  }

  private SampleTable(
      String setName,
      String entityName,
      RowKeys keys,
      List<SampleColumn> columns,
      List<Navigation> navigations,
      Map<String, SampleTable> sets) {
    this.sets = sets;
    this.setName = setName;
    this.entityName = entityName;
    this.keys = keys;
    columns.forEach(column -> this.columns.put(column.name(), column));
    navigations.forEach(navigation -> this.navigations.put(navigation.name(), navigation));
  }

  /**
   * This table among those to which its navigation properties lead.
   *
   * @param all by the names of their sets; looked at when a target is asked for
   */
  SampleTable among(Map<String, SampleTable> all) {
    return new SampleTable(setName, entityName, keys, columns(), navigations(), all);
  }

  /** The table that a navigation property leads to. */
  SampleTable target(Navigation navigation) {
    return requireNonNull(sets.get(navigation.target()), navigation.target());
  }

  String setName() {
    return setName;
  }

  String entityName() {
    return entityName;
  }

  RowKeys keys() {
    return keys;
  }

  long size() {
    return keys.count();
  }

  SampleColumn key() {
    return columns.values().iterator().next();
  }

  List<SampleColumn> columns() {
    return List.copyOf(columns.values());
  }

  List<Navigation> navigations() {
    return List.copyOf(navigations.values());
  }

  Optional<SampleColumn> findColumn(String name) {
    return Optional.ofNullable(columns.get(name));
  }

  /** The column, or the error that Dataverse gives. */
  SampleColumn requireColumn(String name) {
    @Nullable SampleColumn column = columns.get(name);
    if (column == null) {
      throw unknown(name);
    }
    return column;
  }

  Navigation requireNavigation(String name) {
    @Nullable Navigation navigation = navigations.get(name);
    if (navigation == null) {
      throw unknown(name);
    }
    return navigation;
  }

  private ODataFault unknown(String name) {
    return ODataFault.badRequest(
        "0x80060888",
        "Could not find a property named '%s' on type 'Microsoft.Dynamics.CRM.%s'."
            .formatted(name, entityName));
  }
}
