package dev.quire.odata.metadata;

import dev.quire.odata.metadata.Model.Association;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.xml.stream.XMLStreamException;

/**
 * Collects the associations with which versions 2 and 3 say which properties hold the key of
 * another entity ([MC-CSDL], sections 2.1.9 to 2.1.14). One thread at a time.
 */
final class Associations {
  private final XmlCursor xml;
  private final Map<String, Constraint> constraints = new HashMap<>();
  private final List<Instance> instances = new ArrayList<>();

  /** One side of a constraint: its role and its properties. */
  private record Side(String role, List<String> properties) {
    static final Side NONE = new Side("", List.of());
  }

  /** The dependent side holds the key of the principal one. */
  private record Constraint(Side dependent, Side principal) {}

  /** An association between two entity sets, which are found by role. */
  private record Instance(String association, Map<String, String> sets) {}

  Associations(XmlCursor xml) {
    this.xml = xml;
  }

  /** Reads the current element, an association. */
  void association(String namespace) throws XMLStreamException {
    String name = namespace + "." + xml.orElse("Name", "");
    xml.forEachChild(
        child -> {
          if (child.equals("ReferentialConstraint")) {
            constraints.putIfAbsent(name, constraint());
          }
        });
  }

  private Constraint constraint() throws XMLStreamException {
    Map<String, Side> sides = new HashMap<>();
    xml.forEachChild(child -> sides.put(child, side()));
    return new Constraint(
        sides.getOrDefault("Dependent", Side.NONE), sides.getOrDefault("Principal", Side.NONE));
  }

  private Side side() throws XMLStreamException {
    String role = xml.orElse("Role", "");
    List<String> properties = new ArrayList<>();
    xml.forEachChild(child -> properties.add(xml.orElse("Name", "")));
    return new Side(role, properties);
  }

  /** Reads the current element, an association set. */
  void instance() throws XMLStreamException {
    String association = xml.orElse("Association", "");
    Map<String, String> sets = new HashMap<>();
    xml.forEachChild(child -> sets.put(xml.orElse("Role", ""), xml.orElse("EntitySet", "")));
    instances.add(new Instance(association, sets));
  }

  /**
   * What each entity set refers to, as far as both sides are declared.
   *
   * @param qualified a name with the namespace in place of its alias
   */
  Map<String, List<Association>> references(UnaryOperator<String> qualified) {
    Map<String, List<Association>> references = new HashMap<>();
    for (Instance instance : instances) {
      String name = qualified.apply(instance.association());
      Constraint constraint = constraints.get(name);
      if (constraint != null) {
        String from = instance.sets().get(constraint.dependent().role());
        String to = instance.sets().get(constraint.principal().role());
        List<String> own = constraint.dependent().properties();
        List<String> referenced = constraint.principal().properties();
        if (from != null && to != null && !own.isEmpty() && own.size() == referenced.size()) {
          references
              .computeIfAbsent(from, set -> new ArrayList<>())
              .add(
                  new Association(
                      new Reference(own, TableName.of(to), referenced),
                      name,
                      constraint.principal().role()));
        }
      }
    }
    return references;
  }
}
