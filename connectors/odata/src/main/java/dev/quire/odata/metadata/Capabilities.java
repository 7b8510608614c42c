package dev.quire.odata.metadata;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a service says that it can do with an entity set ({@code Org.OData.Capabilities.V1} and
 * {@code Org.OData.Aggregation.V1}); what it does not speak of, it can. Immutable.
 *
 * @param values of the terms, by their path: {@code FilterRestrictions/Filterable}
 */
public record Capabilities(Map<String, List<String>> values) {
  /** Of a service that says nothing. */
  public static final Capabilities ALL = new Capabilities(Map.of());

  public Capabilities {
    values = Map.copyOf(values);
  }

  /** Those of a set, and of its container where the set says nothing. */
  static Capabilities of(Map<String, List<String>> container, Map<String, List<String>> set) {
    Map<String, List<String>> all = new HashMap<>(container);
    all.putAll(set);
    return all.isEmpty() ? ALL : new Capabilities(all);
  }

  private boolean isDenied(String path) {
    return list(path).contains("false");
  }

  private List<String> list(String path) {
    return values.getOrDefault(path, List.of());
  }

  public boolean limits() {
    return !isDenied("TopSupported");
  }

  public boolean skips() {
    return !isDenied("SkipSupported");
  }

  public boolean counts() {
    return !isDenied("CountRestrictions/Countable");
  }

  /** Whether a filter may call a function, by OData's name for it. */
  public boolean has(String function) {
    List<String> known = list("FilterFunctions");
    return known.isEmpty()
        || known.stream().anyMatch(each -> each.equals(function) || each.endsWith("." + function));
  }

  /** Whether {@code $apply} filters, groups and aggregates by every property. */
  public boolean aggregates() {
    List<String> steps = list("ApplySupported/Transformations");
    boolean narrowed =
        values.containsKey("ApplySupported/GroupableProperties")
            || values.containsKey("ApplySupported/AggregatableProperties")
            || list("ApplySupported/PropertyRestrictions").contains("true");
    return values.containsKey("ApplySupported")
        && !narrowed
        && (steps.isEmpty() || steps.containsAll(Set.of("filter", "groupby", "aggregate")));
  }

  /** A field with what is said of its property. */
  Field of(Field field) {
    boolean filters =
        !isDenied("FilterRestrictions/Filterable")
            && !names("FilterRestrictions/NonFilterableProperties", field);
    boolean sorts =
        !isDenied("SortRestrictions/Sortable")
            && !names("SortRestrictions/NonSortableProperties", field)
            && !names("SortRestrictions/AscendingOnlyProperties", field)
            && !names("SortRestrictions/DescendingOnlyProperties", field);
    Uses said = field.uses();
    return filters && sorts
        ? field
        : field.withUses(new Uses(said.filters() && filters, said.sorts() && sorts));
  }

  /** Whether nothing is answered without a condition on the property. */
  boolean requires(Field field) {
    return list("FilterRestrictions/RequiredProperties").contains(field.urlPath());
  }

  /** Whether a list has the property, or the structure that it is in. */
  private boolean names(String path, Field field) {
    return list(path).stream()
        .anyMatch(each -> field.urlPath().equals(each) || field.urlPath().startsWith(each + "/"));
  }
}
