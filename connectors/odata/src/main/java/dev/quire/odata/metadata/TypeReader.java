package dev.quire.odata.metadata;

import dev.quire.odata.metadata.Model.EnumDef;
import dev.quire.odata.metadata.StructuredType.KeyPart;
import dev.quire.odata.metadata.StructuredType.NavigationDef;
import dev.quire.odata.metadata.StructuredType.PropertyDef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/** Reads the type declarations of a schema. One thread at a time. */
final class TypeReader {
  private static final String COLLECTION = "Collection(";
  private final XmlCursor xml;
  private final Map<String, String> aliases;

  TypeReader(XmlCursor xml, Map<String, String> aliases) {
    this.xml = xml;
    this.aliases = aliases;
  }

  /** Reads the current element, an entity type or complex type. */
  StructuredType structured(String namespace) throws XMLStreamException {
    String name = namespace + "." + xml.orElse("Name", "");
    Optional<String> baseType = xml.find("BaseType");
    boolean open = xml.flag("OpenType", false);
    List<KeyPart> key = new ArrayList<>();
    List<PropertyDef> properties = new ArrayList<>();
    List<NavigationDef> navigations = new ArrayList<>();
    Descriptions descriptions = Descriptions.of(xml);
    xml.forEachChild(
        child -> {
          switch (child) {
            case "Key" -> key(key);
            case "Property" -> property(properties);
            case "NavigationProperty" -> navigation(navigations);
            default -> descriptions.read(child, xml, aliases);
          }
        });
    return new StructuredType(
        name, baseType, open, key, properties, navigations, descriptions.text());
  }

  private void key(List<KeyPart> key) throws XMLStreamException {
    xml.forEachChild(child -> key.add(new KeyPart(xml.orElse("Name", ""))));
  }

  private void property(List<PropertyDef> properties) throws XMLStreamException {
    @Nullable String name = xml.attribute("Name");
    String written = xml.orElse("Type", "");
    boolean collection = isCollection(written);
    String type = collection ? element(written) : written;
    boolean nullable = xml.flag("Nullable", true);
    Facets facets = Facets.of(xml);
    Uses uses = Uses.of(xml);
    Descriptions descriptions = Descriptions.of(xml);
    xml.forEachChild(child -> descriptions.read(child, xml, aliases));
    if (name != null && !name.isEmpty()) {
      properties.add(
          new PropertyDef(name, type, collection, nullable, facets, uses, descriptions.text()));
    }
  }

  private void navigation(List<NavigationDef> navigations) throws XMLStreamException {
    String name = xml.orElse("Name", "");
    String written = xml.orElse("Type", "");
    boolean collection = isCollection(written);
    String type = collection ? element(written) : written;
    String association = xml.orElse("Relationship", "");
    String role = xml.orElse("ToRole", "");
    List<String> own = new ArrayList<>();
    List<String> referenced = new ArrayList<>();
    xml.forEachChild(
        child -> {
          if (child.equals("ReferentialConstraint")) {
            own.add(xml.orElse("Property", ""));
            referenced.add(xml.orElse("ReferencedProperty", ""));
          }
        });
    navigations.add(new NavigationDef(name, type, collection, own, referenced, association, role));
  }

  private static boolean isCollection(String written) {
    return written.startsWith(COLLECTION) && written.endsWith(")");
  }

  private String element(String collection) {
    return xml.shared(collection.substring(COLLECTION.length(), collection.length() - 1));
  }

  /** Reads the current element, an enumeration. */
  EnumDef enumeration(String namespace) throws XMLStreamException {
    String name = namespace + "." + xml.orElse("Name", "");
    boolean flags = xml.flag("IsFlags", false);
    Set<String> members = new LinkedHashSet<>();
    xml.forEachChild(
        child -> {
          if (child.equals("Member")) {
            members.add(xml.orElse("Name", ""));
          }
        });
    return new EnumDef(name, flags, members);
  }
}
