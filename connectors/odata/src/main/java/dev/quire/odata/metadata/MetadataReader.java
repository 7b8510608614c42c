package dev.quire.odata.metadata;

import dev.quire.odata.metadata.Model.Definition;
import dev.quire.odata.metadata.Model.EntitySetDef;
import dev.quire.odata.metadata.Model.EnumDef;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;

/**
 * Reads a metadata document (OData CSDL XML of versions 2 to 4.01) in one pass. It keeps what
 * tables need and passes over the rest: actions, functions, and whatever it does not know. One
 * thread at a time.
 */
public final class MetadataReader {
  private final XmlCursor xml;
  private final List<EntitySetDef> sets = new ArrayList<>();
  private final Map<String, StructuredType> types = new LinkedHashMap<>();
  private final Map<String, EnumDef> enums = new HashMap<>();
  private final Map<String, Definition> definitions = new HashMap<>();
  private final Map<String, String> aliases = new HashMap<>();
  private final Map<String, String> remarks = new HashMap<>();
  private final Associations associations;
  private final Annotations abilities;
  private Protocol protocol = Protocol.V4;

  private MetadataReader(XmlCursor xml) {
    this.xml = xml;
    this.associations = new Associations(xml);
    this.abilities = new Annotations(xml, aliases);
  }

  /**
   * Reads a document.
   *
   * @throws IOException when the stream breaks
   * @throws SourceException MALFORMED_RESPONSE for what is not a metadata document, UNSUPPORTED for
   *     one of a version that is not known
   */
  public static Model read(InputStream in) throws IOException {
    try {
      return new MetadataReader(new XmlCursor(in)).document();
    } catch (XMLStreamException e) {
      if (e.getNestedException() instanceof IOException broken) {
        throw broken;
      }
      throw malformed(
          "the metadata document is not XML to its end: " + oneLine(String.valueOf(e.getMessage())),
          e);
    }
  }

  private static SourceException malformed(String problem, Throwable cause) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem, cause);
  }

  private static String oneLine(String message) {
    return message.replaceAll("\\s+", " ");
  }

  private Model document() throws XMLStreamException {
    String root = xml.root();
    if (!root.equals("Edmx")) {
      throw new SourceException(
          ErrorKind.MALFORMED_RESPONSE, "the metadata document is <" + root + ">, not <Edmx>");
    }
    boolean older = isOlder(xml.orElse("Version", "4.0"));
    xml.forEachChild(
        child -> {
          switch (child) {
            case "Reference" -> reference();
            case "DataServices" -> {
              protocol = older ? olderProtocol() : Protocol.V4;
              dataServices();
            }
            default -> {}
          }
        });
    return new Model(
        protocol,
        sets,
        types,
        enums,
        definitions,
        aliases,
        basesOfOthers(),
        associations.references(this::qualified),
        remarks,
        abilities.byTarget());
  }

  /** The frame of the document has version 1.0 up to OData 3, and OData's own from 4.0 on. */
  private static boolean isOlder(String version) {
    if (version.startsWith("4.")) {
      return false;
    }
    if (version.startsWith("1.")) {
      return true;
    }
    throw new SourceException(
            ErrorKind.UNSUPPORTED, "the metadata document is of the unknown version " + version)
        .withHint("This connector reads OData 2, 3, 4.0 and 4.01.");
  }

  /** Version 3 says so; what says nothing, or version 1, understands version 2. */
  private Protocol olderProtocol() {
    String greatest =
        xml.find("MaxDataServiceVersion").orElseGet(() -> xml.orElse("DataServiceVersion", ""));
    return greatest.startsWith("3.") ? Protocol.V3 : Protocol.V2;
  }

  private void reference() throws XMLStreamException {
    xml.forEachChild(
        child -> {
          String alias = xml.attribute("Alias");
          String namespace = xml.attribute("Namespace");
          if (child.equals("Include") && alias != null && namespace != null) {
            aliases.put(alias, namespace);
          }
        });
  }

  private void dataServices() throws XMLStreamException {
    xml.forEachChild(
        child -> {
          if (child.equals("Schema")) {
            schema();
          }
        });
  }

  private void schema() throws XMLStreamException {
    String namespace = xml.orElse("Namespace", "");
    xml.find("Alias").ifPresent(alias -> aliases.put(alias, namespace));
    TypeReader reader = new TypeReader(xml, aliases);
    xml.forEachChild(child -> declaration(child, namespace, reader));
  }

  private void declaration(String element, String namespace, TypeReader reader)
      throws XMLStreamException {
    switch (element) {
      case "EntityType", "ComplexType" -> {
        StructuredType type = reader.structured(namespace);
        types.putIfAbsent(type.name(), type);
      }
      case "EnumType" -> {
        EnumDef type = reader.enumeration(namespace);
        enums.putIfAbsent(type.name(), type);
      }
      case "TypeDefinition" ->
          definitions.putIfAbsent(
              namespace + "." + xml.orElse("Name", ""),
              new Definition(xml.orElse("UnderlyingType", ""), Facets.of(xml)));
      case "Using" ->
          xml.find("Alias").ifPresent(alias -> aliases.put(alias, xml.orElse("Namespace", "")));
      case "Association" -> associations.association(namespace);
      case "EntityContainer" -> container(namespace + "." + xml.orElse("Name", ""));
      case "Annotations" -> annotations();
      default -> {}
    }
  }

  private void container(String container) throws XMLStreamException {
    xml.forEachChild(
        child -> {
          switch (child) {
            case "EntitySet" -> set(container, xml.orElse("EntityType", ""), false);
            case "Singleton" -> set(container, xml.orElse("Type", ""), true);
            case "AssociationSet" -> associations.instance();
            default -> abilities.read(child, container);
          }
        });
  }

  private void set(String container, String type, boolean singleton) throws XMLStreamException {
    String name = xml.orElse("Name", "");
    Map<String, String> bindings = new HashMap<>();
    Descriptions descriptions = Descriptions.of(xml);
    xml.forEachChild(
        child -> {
          if (child.equals("NavigationPropertyBinding")) {
            bindings.putIfAbsent(xml.orElse("Path", ""), xml.orElse("Target", ""));
          } else if (!abilities.read(child, container + "/" + name)) {
            descriptions.read(child, xml, aliases);
          }
        });
    if (!name.isEmpty() && sets.stream().noneMatch(known -> known.name().equals(name))) {
      sets.add(new EntitySetDef(container, name, type, singleton, bindings, descriptions.text()));
    }
  }

  private void annotations() throws XMLStreamException {
    String target = qualified(xml.orElse("Target", ""));
    Descriptions descriptions = new Descriptions();
    xml.forEachChild(
        child -> {
          if (!abilities.read(child, target)) {
            descriptions.read(child, xml, aliases);
          }
        });
    descriptions.text().ifPresent(text -> remarks.putIfAbsent(target, text));
  }

  /**
   * {@code alias.Type/Property} with the namespace; a path's first part alone can have an alias.
   */
  private String qualified(String target) {
    int slash = target.indexOf('/');
    String head = slash < 0 ? target : target.substring(0, slash);
    int dot = head.lastIndexOf('.');
    String namespace = dot < 0 ? null : aliases.get(head.substring(0, dot));
    return namespace == null ? target : namespace + target.substring(dot);
  }

  private Set<String> basesOfOthers() {
    Set<String> bases = new HashSet<>();
    for (StructuredType type : types.values()) {
      type.baseType().ifPresent(base -> bases.add(qualified(base)));
    }
    return bases;
  }
}
