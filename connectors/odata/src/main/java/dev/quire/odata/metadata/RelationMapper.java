package dev.quire.odata.metadata;

import dev.quire.odata.metadata.Model.EntitySetDef;
import dev.quire.odata.metadata.StructuredType.NavigationDef;
import dev.quire.odata.profile.Profile;
import dev.quire.odata.profile.Profile.Lists;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.spi.TableSchema.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes tables of the collections to which navigation properties lead. The namespace of such a
 * table is the set that has the property. Immutable.
 */
public final class RelationMapper {
  /** Before the name of a column of the parent's key. */
  private static final String PARENT = "parent_";

  private final Model model;
  private final Profile profile;
  private final TableMapper tables;
  private final TypeResolver types;

  public RelationMapper(Model model, Profile profile) {
    this.model = model;
    this.profile = profile;
    this.tables = new TableMapper(model, profile, DisplayTexts.NONE);
    this.types = new TypeResolver(model);
  }

  /** The collections below a set, in the document's order. */
  public List<TableName> below(EntitySetDef set) {
    return navigations(set).stream()
        .map(navigation -> new TableName(set.name(), navigation.name()))
        .toList();
  }

  /** Finds a collection by its exact name or its only match without regard to case. */
  public Optional<Relation> find(EntitySetDef set, String name) {
    List<NavigationDef> matches =
        navigations(set).stream().filter(each -> each.name().equalsIgnoreCase(name)).toList();
    return matches.stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .or(() -> matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty())
        .map(navigation -> relation(set, navigation));
  }

  private List<NavigationDef> navigations(EntitySetDef set) {
    Optional<StructuredType> type = model.findType(set.type());
    if (type.isEmpty() || !(set.singleton() || hasKey(set))) {
      return List.of();
    }
    return types.navigations(type.get()).stream()
        .filter(each -> each.collection() && target(each).isPresent())
        .toList();
  }

  /** Whether rows can be told apart, and asked for, by values that a continuation can hold. */
  private boolean hasKey(EntitySetDef set) {
    List<Field> key = tables.table(set).keyFields();
    return !key.isEmpty() && key.stream().allMatch(field -> KeyText.holds(field.column().type()));
  }

  private Optional<StructuredType> target(NavigationDef navigation) {
    return model.findType(navigation.type());
  }

  private Relation relation(EntitySetDef set, NavigationDef navigation) {
    EntityTable parent = tables.table(set);
    Optional<EntitySetDef> bound =
        Optional.ofNullable(set.bindings().get(navigation.name())).flatMap(tables::boundSet);
    TableName name = new TableName(set.name(), navigation.name());
    EntityTable target =
        tables.table(name, target(navigation).orElseThrow(), bound, /* singleton= */ false);
    return new Relation(schema(name, parent, target), parent, navigation.name(), target);
  }

  private TableSchema schema(TableName name, EntityTable parent, EntityTable target) {
    List<Column> columns = new ArrayList<>();
    for (Field field : parent.singleton() ? List.<Field>of() : parent.keyFields()) {
      columns.add(parentColumn(field.column(), target));
    }
    List<String> parents = columns.stream().map(Column::name).toList();
    columns.addAll(target.schema().columns());
    List<String> key = new ArrayList<>(target.schema().key().isEmpty() ? List.of() : parents);
    key.addAll(target.schema().key());
    List<Reference> references = new ArrayList<>();
    if (!parents.isEmpty()) {
      references.add(new Reference(parents, parent.schema().name(), parent.schema().key()));
    }
    for (Reference each : target.schema().references()) {
      references.add(new Reference(each.columns(), each.target(), each.targetColumns()));
    }
    return new TableSchema(name, columns, key, references, target.schema().remarks());
  }

  private Column parentColumn(Column key, EntityTable target) {
    String name = PARENT + key.name();
    while (target.field(name) != null) {
      name = PARENT + name;
    }
    Column column = Column.of(name, key.type()).notNull();
    boolean required = profile.related().lists() == Lists.BY_KEY || target.protocol().isOlder();
    return required ? column.withTraits(Trait.REQUIRED_FILTER) : column;
  }
}
