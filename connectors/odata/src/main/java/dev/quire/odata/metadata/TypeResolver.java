package dev.quire.odata.metadata;

import dev.quire.odata.metadata.StructuredType.KeyPart;
import dev.quire.odata.metadata.StructuredType.NavigationDef;
import dev.quire.odata.metadata.StructuredType.PropertyDef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Answers what a type has with all that it inherits. Immutable. */
final class TypeResolver {
  private final Model model;

  TypeResolver(Model model) {
    this.model = model;
  }

  /**
   * The type and its bases, the root first. A base that is not declared, or one that leads back to
   * the type, ends the line.
   */
  List<StructuredType> line(StructuredType type) {
    Deque<StructuredType> line = new ArrayDeque<>();
    Set<String> seen = new TreeSet<>();
    Optional<StructuredType> next = Optional.of(type);
    while (next.isPresent() && seen.add(next.get().name())) {
      line.addFirst(next.get());
      next = next.get().baseType().flatMap(model::findType);
    }
    return List.copyOf(line);
  }

  /** All properties, each name once: the declaration nearest to the root holds. */
  List<PropertyDef> properties(StructuredType type) {
    Map<String, PropertyDef> byName = new LinkedHashMap<>();
    for (StructuredType each : line(type)) {
      each.properties().forEach(property -> byName.putIfAbsent(property.name(), property));
    }
    return List.copyOf(byName.values());
  }

  /** The key: the one declared nearest to the type. */
  List<KeyPart> key(StructuredType type) {
    List<KeyPart> key = List.of();
    for (StructuredType each : line(type)) {
      key = each.key().isEmpty() ? key : each.key();
    }
    return key;
  }

  List<NavigationDef> navigations(StructuredType type) {
    List<NavigationDef> all = new ArrayList<>();
    line(type).forEach(each -> all.addAll(each.navigations()));
    return all;
  }

  /** The description of a property, inline or given apart. */
  Optional<String> remarks(StructuredType owner, PropertyDef property) {
    if (property.remarks().isPresent()) {
      return property.remarks();
    }
    return line(owner).stream()
        .map(each -> model.findRemarks(each.name() + "/" + property.name()))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The structure of a property that can stand as columns of its own: a complex type that is
   * closed, that nothing derives from, and that does not hold itself.
   */
  Optional<StructuredType> flattened(PropertyDef property) {
    if (property.collection()) {
      return Optional.empty();
    }
    return model
        .findType(property.type())
        .filter(type -> line(type).stream().noneMatch(StructuredType::open))
        .filter(type -> !model.basesOfOthers().contains(type.name()))
        .filter(type -> !holdsItself(type));
  }

  private boolean holdsItself(StructuredType type) {
    return properties(type).stream()
        .anyMatch(property -> model.qualified(property.type()).equals(type.name()));
  }
}
