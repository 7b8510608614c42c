package dev.quire.rest.spec;

import dev.quire.spi.Nearest;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads which table gives a child table's path its values. */
final class ParentReader {
  private static final String TABLE = "table";

  private ParentReader() {}

  /**
   * @param names of the path, each of which the parent must give
   */
  static ParentSpec parent(Yaml yaml, Set<String> names) {
    Set<String> known = new LinkedHashSet<>(List.of(TABLE));
    known.addAll(names);
    Map<String, Yaml> section = yaml.section(known.toArray(String[]::new));
    String table = yaml.require(section, TABLE).text();
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : names) {
      Yaml value = yaml.require(section, name);
      values.put(name, value.text().startsWith("/") ? value.pointer().toString() : value.text());
    }
    if (values.isEmpty()) {
      throw yaml.fault("the path has no {name} that a parent could give a value");
    }
    return new ParentSpec(table, values);
  }

  /** Refuses a parent's columns that are none. */
  private static void checkColumns(Yaml place, ParentSpec spec, TableSpec parent) {
    spec.values()
        .forEach(
            (name, from) -> {
              if (!from.startsWith("/") && parent.findColumn(from).isEmpty()) {
                List<String> known = parent.columns().stream().map(ColumnSpec::name).toList();
                throw place
                    .fault("the table '" + spec.table() + "' has no column '" + from + "'")
                    .withHint(
                        Nearest.question(from, known)
                            .orElse("A place below its rows is written with a slash: /" + from));
              }
            });
  }

  /** Refuses parents that are no table, and a table among its own parents. */
  static void check(String name, Yaml yaml, List<TableSpec> tables) {
    Set<String> passed = new HashSet<>(Set.of(name));
    Yaml place = Yaml.find(yaml.section(), "parent").orElse(yaml);
    Optional<ParentSpec> next = find(name, tables).flatMap(TableSpec::parent);
    while (next.isPresent()) {
      String parent = next.get().table();
      Optional<TableSpec> found = find(parent, tables);
      if (found.isEmpty()) {
        List<String> names = tables.stream().map(each -> each.name().name()).toList();
        throw place
            .fault("there is no table '" + parent + "'")
            .withHint(
                Nearest.question(parent, names).orElse("The parent is a table of this spec."));
      }
      checkColumns(place, next.get(), found.get());
      if (!passed.add(parent)) {
        throw place.fault("the table is among its own parents");
      }
      next = found.get().parent();
    }
  }

  private static Optional<TableSpec> find(String name, List<TableSpec> tables) {
    return tables.stream().filter(each -> each.name().name().equals(name)).findFirst();
  }
}
