package dev.quire.rest.spec;

import java.util.List;
import java.util.Optional;

/**
 * What a spec file says of an API. Immutable.
 *
 * @param label the file as the user knows it
 * @param url the API's base URL, where it has one for all
 */
public record Spec(String label, Optional<String> url, List<TableSpec> tables) {
  public Spec {
    tables = List.copyOf(tables);
  }
}
