package dev.quire.odata.metadata;

import java.util.List;
import java.util.Optional;

/**
 * An entity type or complex type as the document declares it, without what it inherits. Immutable.
 *
 * @param name qualified with the namespace
 * @param baseType as written, perhaps with an alias
 * @param open whether rows may have properties that are not declared
 * @param navigations the ways to other entities
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
   * A way to other entities.
   *
   * @param type of those, as written, without {@code Collection(…)}; empty in versions 2 and 3
   * @param collection whether it leads to any number of them
   * @param properties those of this type that hold the key of the other; empty where none is said
   * @param referenced the matching properties of the target
   * @param association in versions 2 and 3, what connects the two, as written
   * @param role in versions 2 and 3, the end of the association to which it leads
   */
  record NavigationDef(
      String name,
      String type,
      boolean collection,
      List<String> properties,
      List<String> referenced,
      String association,
      String role) {
    NavigationDef {
      properties = List.copyOf(properties);
      referenced = List.copyOf(referenced);
    }
  }
}
