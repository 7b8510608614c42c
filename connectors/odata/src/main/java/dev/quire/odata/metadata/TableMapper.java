package dev.quire.odata.metadata;

import dev.quire.odata.metadata.Model.Association;
import dev.quire.odata.metadata.Model.Definition;
import dev.quire.odata.metadata.Model.EntitySetDef;
import dev.quire.odata.metadata.Model.EnumDef;
import dev.quire.odata.metadata.StructuredType.KeyPart;
import dev.quire.odata.metadata.StructuredType.NavigationDef;
import dev.quire.odata.metadata.StructuredType.PropertyDef;
import dev.quire.odata.profile.Profile;
import dev.quire.odata.profile.Profile.Entities;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.spi.TableSchema.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes tables of entity sets and singletons: one column per primitive property, a complex property
 * as columns with dotted names where it can be, everything else as JSON text. Immutable.
 */
public final class TableMapper {
  private final Model model;
  private final Profile profile;
  private final Entities entities;
  private final DisplayTexts texts;
  private final TypeResolver types;

  public TableMapper(Model model) {
    this(model, Profile.NONE, DisplayTexts.NONE);
  }

  /**
   * @param profile how far the service's entities keep to the model
   * @param texts the columns beside the properties
   */
  public TableMapper(Model model, Profile profile, DisplayTexts texts) {
    this.model = model;
    this.profile = profile;
    this.entities = profile.entities();
    this.texts = texts;
    this.types = new TypeResolver(model);
  }

  /**
   * The table of one set.
   *
   * @throws SourceException MALFORMED_RESPONSE when its type is not declared; other sets are not
   *     touched by that
   */
  public EntityTable table(EntitySetDef set) {
    StructuredType type =
        model
            .findType(set.type())
            .orElseThrow(
                () ->
                    new SourceException(
                            ErrorKind.MALFORMED_RESPONSE,
                            "the entity set '"
                                + set.name()
                                + "' is of the type '"
                                + set.type()
                                + "', which $metadata does not declare")
                        .withHint("Its other tables can be used; tell the service's operator."));
    return table(TableName.of(set.name()), type, Optional.of(set), set.singleton());
  }

  /**
   * The table of entities of a type.
   *
   * @param set where they are, where that is known
   */
  EntityTable table(
      TableName name, StructuredType type, Optional<EntitySetDef> set, boolean singleton) {
    Map<String, Field> fields = fields(type, singleton ? Set.of() : alone(type));
    Capabilities said =
        set.filter(each -> !singleton).map(model::capabilities).orElse(Capabilities.ALL);
    fields.replaceAll((key, field) -> restricted(said, field));
    TableSchema schema =
        new TableSchema(
            name,
            fields.values().stream().map(Field::column).toList(),
            key(type, fields),
            set.map(each -> references(each, type, fields)).orElse(List.of()),
            set.flatMap(this::remarks).or(type::remarks).or(() -> model.findRemarks(type.name())));
    List<String> line = types.line(type).stream().map(StructuredType::name).toList();
    return new EntityTable(
        schema,
        List.copyOf(fields.values()),
        line,
        singleton,
        model.protocol(),
        said,
        column -> related(type, column));
  }

  /** A property of the entity to which a navigation property leads, as a column. */
  private Optional<Field> related(StructuredType type, String column) {
    int dot = column.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String property = column.substring(0, dot);
    String rest = column.substring(dot + 1);
    boolean filters = filtersBehind(type, rest);
    return types.navigations(type).stream()
        .filter(each -> !each.collection() && each.name().equalsIgnoreCase(property))
        .findFirst()
        .flatMap(
            navigation ->
                model
                    .findType(navigation.type())
                    .flatMap(target -> property(target, rest))
                    .map(field -> field.behind(navigation.name(), filters)));
  }

  private boolean filtersBehind(StructuredType type, String name) {
    return switch (profile.related().filters()) {
      case ALL -> true;
      case OTHER_NAMES -> property(type, name).isEmpty();
      case NONE -> false;
    };
  }

  private Optional<Field> property(StructuredType type, String name) {
    List<Field> matches =
        fields(type, alone(type)).values().stream()
            .filter(each -> each.name().equalsIgnoreCase(name) && each.term().isEmpty())
            .toList();
    return matches.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .or(() -> matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty());
  }

  private static Field restricted(Capabilities said, Field field) {
    Field used = said.of(field);
    return said.requires(field) ? used.withTraits(Trait.REQUIRED_FILTER) : used;
  }

  /** Properties that are not sent in lists of this type. */
  private Set<String> alone(StructuredType type) {
    Set<String> names = new HashSet<>();
    for (StructuredType each : types.line(type)) {
      names.addAll(entities.alone().getOrDefault(each.name(), Set.of()));
    }
    return names;
  }

  private Map<String, Field> fields(StructuredType type, Set<String> hidden) {
    List<String> keyPaths = types.key(type).stream().map(KeyPart::path).toList();
    Map<String, Field> fields = new LinkedHashMap<>();
    for (PropertyDef property : types.properties(type)) {
      for (Field field : fields(type, property, keyPaths)) {
        boolean shown = !hidden.contains(property.name());
        fields.putIfAbsent(field.name(), shown ? field : field.withTraits(Trait.HIDDEN));
      }
    }
    for (Field field : List.copyOf(fields.values())) {
      texts.of(field).forEach(text -> fields.putIfAbsent(text.name(), text));
    }
    return fields;
  }

  private List<Field> fields(StructuredType owner, PropertyDef property, List<String> keyPaths) {
    Optional<StructuredType> structure = types.flattened(property);
    if (structure.isEmpty()) {
      Field field = field(owner, property, List.of(property.name()), false, keyPaths);
      return field.kind() == EdmKind.STREAM ? List.of() : List.of(field);
    }
    List<Field> inner = new ArrayList<>();
    for (PropertyDef part : types.properties(structure.get())) {
      List<String> path = List.of(property.name(), part.name());
      Field field = field(structure.get(), part, path, property.nullable(), keyPaths);
      if (field.kind() != EdmKind.STREAM) {
        inner.add(field);
      }
    }
    return inner;
  }

  private Field field(
      StructuredType owner,
      PropertyDef property,
      List<String> path,
      boolean optionalParent,
      List<String> keyPaths) {
    Typed typed = typed(property);
    boolean inKey = keyPaths.contains(String.join("/", path));
    boolean nullable = !inKey && (property.nullable() || optionalParent || !entities.notNull());
    Column column =
        new Column(
            String.join(".", path), typed.type, nullable, Set.of(), types.remarks(owner, property));
    return new Field(
        column, path, typed.kind, property.uses(), typed.enumeration, optionalParent && !inKey);
  }

  private record Typed(EdmKind kind, DataType type, Optional<EnumDef> enumeration) {
    static final Typed STRUCTURE = new Typed(EdmKind.STRUCTURE, DataType.JSON, Optional.empty());
  }

  /** An unknown type is read as JSON text, which holds whatever the service sends. */
  private Typed typed(PropertyDef property) {
    if (property.collection()) {
      return Typed.STRUCTURE;
    }
    Optional<EnumDef> enumeration = model.findEnum(property.type());
    if (enumeration.isPresent()) {
      return new Typed(EdmKind.ENUM, DataType.VARCHAR, enumeration);
    }
    Optional<Definition> definition = model.findDefinition(property.type());
    String primitive = definition.map(Definition::underlying).orElse(property.type());
    Facets facets =
        definition.map(each -> property.facets().or(each.facets())).orElse(property.facets());
    return EdmKind.ofPrimitive(primitive)
        .map(kind -> new Typed(kind, kind.dataType(facets), Optional.empty()))
        .orElse(Typed.STRUCTURE);
  }

  /** Empty unless every part of the key is a column. */
  private List<String> key(StructuredType type, Map<String, Field> fields) {
    List<String> key = types.key(type).stream().map(part -> part.path().replace('/', '.')).toList();
    return fields.keySet().containsAll(key) ? key : List.of();
  }

  private List<Reference> references(
      EntitySetDef set, StructuredType type, Map<String, Field> fields) {
    List<Reference> references = new ArrayList<>();
    List<NavigationDef> navigations = types.navigations(type);
    for (Association association : model.references().getOrDefault(set.name(), List.of())) {
      Reference declared = association.reference();
      Optional<EntitySetDef> target = model.findSet(declared.target().name());
      if (target.isPresent()
          && fields.keySet().containsAll(declared.columns())
          && has(target.get(), declared.targetColumns())) {
        references.add(
            navigations.stream()
                .filter(navigation -> leads(navigation, association))
                .findFirst()
                .map(navigation -> declared.withNavigation(navigation.name()))
                .orElse(declared));
      }
    }
    for (NavigationDef navigation : navigations) {
      Optional<EntitySetDef> target =
          Optional.ofNullable(set.bindings().get(navigation.name())).flatMap(this::boundSet);
      if (target.isPresent()
          && !navigation.properties().isEmpty()
          && fields.keySet().containsAll(navigation.properties())
          && has(target.get(), navigation.referenced())) {
        references.add(
            new Reference(
                navigation.properties(),
                TableName.of(target.get().name()),
                navigation.referenced(),
                Optional.of(navigation.name())));
      }
    }
    return references;
  }

  private boolean leads(NavigationDef navigation, Association association) {
    return model.qualified(navigation.association()).equals(association.name())
        && navigation.role().equals(association.role());
  }

  /** A binding names a set, or {@code Container/Set}. */
  Optional<EntitySetDef> boundSet(String target) {
    return model.findSet(target.substring(target.lastIndexOf('/') + 1));
  }

  private boolean has(EntitySetDef set, List<String> properties) {
    return model
        .findType(set.type())
        .map(types::properties)
        .map(all -> all.stream().map(PropertyDef::name).toList().containsAll(properties))
        .orElse(false);
  }

  private Optional<String> remarks(EntitySetDef set) {
    return set.remarks().or(() -> model.findRemarks(set.container() + "/" + set.name()));
  }
}
