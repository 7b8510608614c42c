package dev.quire.spi;

import java.util.Optional;
import java.util.Set;

/**
 * One column of a table.
 *
 * @param name the API's own name; a dot separates the parts of a flattened structure
 * @param nullable whether a row may lack it
 * @param remarks the service's own description
 */
public record Column(
    String name, DataType type, boolean nullable, Set<Trait> traits, Optional<String> remarks) {

  /** What is special about a column. */
  public enum Trait {
    /**
     * A statement must give it a value, by a filter or by a join; the API answers nothing without.
     */
    REQUIRED_FILTER,
    /**
     * A parameter of the request that rows don't have: it has the value that an equality or an IN
     * gives it, and is NULL without. No other condition can be asked of it.
     */
    PARAMETER,
    /** Left out of {@code SELECT *}. */
    HIDDEN
  }

  public Column {
    traits = Set.copyOf(traits);
  }

  public static Column of(String name, DataType type) {
    return new Column(name, type, true, Set.of(), Optional.empty());
  }

  public Column withTraits(Trait... given) {
    return new Column(name, type, nullable, Set.of(given), remarks);
  }

  public Column withRemarks(String text) {
    return new Column(name, type, nullable, traits, Optional.of(text));
  }

  public Column notNull() {
    return new Column(name, type, false, traits, remarks);
  }

  public boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
