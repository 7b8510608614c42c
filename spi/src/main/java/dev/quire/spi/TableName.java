package dev.quire.spi;

/**
 * The name of a table inside its source.
 *
 * @param namespace the schema below the source, or empty
 * @param name the API's own name
 */
public record TableName(String namespace, String name) {

  public static TableName of(String name) {
    return new TableName("", name);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "." + name;
  }
}
