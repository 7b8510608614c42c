package dev.quire.odata.metadata;

import dev.quire.spi.TableSchema.Reference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A metadata document as it was read: names are not resolved before they are asked for, so a fault
 * in one place hides nothing else. Immutable.
 *
 * @param protocol of the service that has this document
 * @param sets entity sets and singletons, in the document's order
 * @param types structured types by qualified name
 * @param aliases of namespaces
 * @param basesOfOthers qualified names of the types that others derive from
 * @param references of entity sets, by the set's name, where associations declare them
 * @param remarks descriptions given apart from what they describe, by target
 * @param capabilities what the service says that it can do, by target and path
 */
public record Model(
    Protocol protocol,
    List<EntitySetDef> sets,
    Map<String, StructuredType> types,
    Map<String, EnumDef> enums,
    Map<String, Definition> definitions,
    Map<String, String> aliases,
    Set<String> basesOfOthers,
    Map<String, List<Association>> references,
    Map<String, String> remarks,
    Map<String, Map<String, List<String>>> capabilities) {

  public Model {
    sets = List.copyOf(sets);
    types = Map.copyOf(types);
    enums = Map.copyOf(enums);
    definitions = Map.copyOf(definitions);
    aliases = Map.copyOf(aliases);
    basesOfOthers = Set.copyOf(basesOfOthers);
    references = Map.copyOf(references);
    remarks = Map.copyOf(remarks);
    capabilities = Map.copyOf(capabilities);
  }

  /** The same tables at a service of which the configuration says what it speaks. */
  public Model withProtocol(Protocol other) {
    return new Model(
        other,
        sets,
        types,
        enums,
        definitions,
        aliases,
        basesOfOthers,
        references,
        remarks,
        capabilities);
  }

  /**
   * A reference that an association declares.
   *
   * @param name of the association, qualified
   * @param role its end that is referred to
   */
  record Association(Reference reference, String name, String role) {}

  /**
   * An entity set or singleton.
   *
   * @param container qualified name of the container
   * @param type of its entities, as written
   * @param bindings navigation path to the set that it leads to
   */
  public record EntitySetDef(
      String container,
      String name,
      String type,
      boolean singleton,
      Map<String, String> bindings,
      Optional<String> remarks) {
    public EntitySetDef {
      bindings = Map.copyOf(bindings);
    }
  }

  /**
   * An enumeration.
   *
   * @param flags whether a value may be several members
   */
  public record EnumDef(String name, boolean flags, Set<String> members) {
    public EnumDef {
      members = Set.copyOf(members);
    }
  }

  /** A type definition: a primitive type with facets. */
  record Definition(String underlying, Facets facets) {}

  /** What the service says that it can do with a set. */
  Capabilities capabilities(EntitySetDef set) {
    return Capabilities.of(
        capabilities.getOrDefault(set.container(), Map.of()),
        capabilities.getOrDefault(set.container() + "/" + set.name(), Map.of()));
  }

  /** The qualified name with a namespace in place of its alias. */
  String qualified(String name) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return name;
    }
    String namespace = aliases.get(name.substring(0, dot));
    return namespace == null ? name : namespace + name.substring(dot);
  }

  Optional<StructuredType> findType(String name) {
    return Optional.ofNullable(types.get(qualified(name)));
  }

  Optional<EnumDef> findEnum(String name) {
    return Optional.ofNullable(enums.get(qualified(name)));
  }

  Optional<Definition> findDefinition(String name) {
    return Optional.ofNullable(definitions.get(qualified(name)));
  }

  Optional<String> findRemarks(String target) {
    return Optional.ofNullable(remarks.get(target));
  }

  Optional<EntitySetDef> findSet(String name) {
    return sets.stream().filter(set -> set.name().equals(name)).findFirst();
  }
}
