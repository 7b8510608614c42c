package dev.quire.jdbc;

import dev.quire.engine.Engine;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;

/**
 * A schema as JDBC sees it: a source, or a namespace of it as {@code source.namespace}. There are
 * no catalogs. Immutable.
 *
 * @param namespace empty for the source itself
 */
record SchemaName(String source, String namespace) {

  /** All schemas, in alphabetical order; opens the sources, which sends nothing. */
  static List<SchemaName> all(Engine engine) {
    List<String> sources = new ArrayList<>(engine.sourceNames());
    sources.add("sys");
    List<SchemaName> all = new ArrayList<>();
    for (String source : sources) {
      all.addAll(of(engine.source(source)));
    }
    all.sort(java.util.Comparator.comparing(SchemaName::toString));
    return all;
  }

  private static List<SchemaName> of(Source source) {
    List<SchemaName> all = new ArrayList<>();
    all.add(new SchemaName(source.name(), ""));
    source.namespaces().forEach(each -> all.add(new SchemaName(source.name(), each)));
    return all;
  }

  /**
   * The name of a schema as it is stored.
   *
   * @param name in any case
   * @throws SourceException UNKNOWN_NAME with the nearest names
   */
  static String find(Engine engine, String name) {
    int dot = name.indexOf('.');
    Source source = engine.source(dot < 0 ? name : name.substring(0, dot));
    List<String> names = of(source).stream().map(SchemaName::toString).toList();
    return names.stream()
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElseThrow(
            () ->
                new SourceException(
                    ErrorKind.UNKNOWN_NAME,
                    "no schema '" + name + "'. " + Nearest.question(name, names).orElse("")));
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? source : source + "." + namespace;
  }
}
