package dev.quire.rest.spec;

import java.util.List;
import java.util.Optional;

/**
 * What a spec file says of an API. Immutable.
 *
 * @param label the file as the user knows it
 * @param url the API's base URL, where it has one for all
 * @param rateLimit the most requests that it takes, as {@code 10/s}
 */
public record Spec(
    String label, Optional<String> url, Optional<String> rateLimit, List<TableSpec> tables) {
  public Spec {
    tables = List.copyOf(tables);
  }

  public TableSpec requireTable(String name) {
    return tables.stream()
        .filter(table -> table.name().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(label + " has no table " + name));
  }
}
