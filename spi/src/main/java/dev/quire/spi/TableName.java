package dev.quire.spi;

import org.jspecify.annotations.Nullable;

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
  public boolean equals(@Nullable Object other) {
    return other instanceof TableName that
        && name.equals(that.name)
        && namespace.equals(that.namespace);
  }

  @Override
  public int hashCode() {
    return 31 * namespace.hashCode() + name.hashCode();
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "." + name;
  }
}
