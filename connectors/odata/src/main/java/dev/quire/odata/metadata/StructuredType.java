package dev.quire.odata.metadata;

import java.util.List;
import java.util.Optional;

/**
 * An entity type or complex type as the document declares it, without what it inherits. Immutable.
 *
 * @param name qualified with the namespace
 * @param baseType as written, perhaps with an alias
 * @param open whether rows may have properties that are not declared
 * @param navigations those that say which property holds the key of the other entity
 */
record StructuredType(
    String name,
    Optional<String> baseType,
    boolean open,
    List<KeyPart> key,
    List<PropertyDef> properties,
    List<NavigationDef> navigations,
    Optional<String> remarks) {

  StructuredType {
    key = List.copyOf(key);
    properties = List.copyOf(properties);
    navigations = List.copyOf(navigations);
  }

  /**
   * @param path the property, or a path into a complex one, parts separated by slashes
   */
  record KeyPart(String path) {}

  /**
   * @param type as written, without {@code Collection(…)}
   */
  record PropertyDef(
      String name,
      String type,
      boolean collection,
      boolean nullable,
      Facets facets,
      Uses uses,
      Optional<String> remarks) {}

  /**
   * @param properties dependent properties of this type
   * @param referenced the matching properties of the target
   */
  record NavigationDef(String name, List<String> properties, List<String> referenced) {
    NavigationDef {
      properties = List.copyOf(properties);
      referenced = List.copyOf(referenced);
    }
  }
}
