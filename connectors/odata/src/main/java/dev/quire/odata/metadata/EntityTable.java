package dev.quire.odata.metadata;

import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An entity set or singleton as a table. Immutable. */
public final class EntityTable {
  private final TableSchema schema;
  private final Map<String, Field> fields;
  private final List<String> line;
  private final boolean singleton;
  private final Protocol protocol;
  private final Function<String, Optional<Field>> related;
  private final Capabilities capabilities;
  private final Optional<String> restriction;

  /**
   * @param line qualified names of the type of its entities and of its bases, the root first
   * @param protocol of its service
   * @param capabilities what the service says that it can do with it
   * @param related finds a property of an entity to which one of these refers, by the name of its
   *     column in any case
   */
  EntityTable(
      TableSchema schema,
      List<Field> fields,
      List<String> line,
      boolean singleton,
      Protocol protocol,
      Capabilities capabilities,
      Function<String, Optional<Field>> related) {
    this(schema, fields, line, singleton, protocol, capabilities, related, Optional.empty());
  }

  private EntityTable(
      TableSchema schema,
      Collection<Field> fields,
      List<String> line,
      boolean singleton,
      Protocol protocol,
      Capabilities capabilities,
      Function<String, Optional<Field>> related,
      Optional<String> restriction) {
    this.restriction = restriction;
    this.capabilities = capabilities;
    this.related = related;
    this.schema = schema;
    this.line = List.copyOf(line);
    this.singleton = singleton;
    this.protocol = protocol;
    Map<String, Field> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    this.fields = Collections.unmodifiableMap(byName);
  }

  public TableSchema schema() {
    return schema;
  }

  /** The type's name without its namespace; Dataverse calls it the logical name. */
  public String logicalName() {
    String typeName = line.get(line.size() - 1);
    return typeName.substring(typeName.lastIndexOf('.') + 1);
  }

  /** Whether its entities are of a type or derive from it, by its qualified name. */
  public boolean isA(String typeName) {
    return line.contains(typeName);
  }

  /** Whether it is one entity instead of a set. */
  public boolean singleton() {
    return singleton;
  }

  /** What its service speaks. */
  public Protocol protocol() {
    return protocol;
  }

  /** What the service says that it can do with it. */
  public Capabilities capabilities() {
    return capabilities;
  }

  /**
   * The same table with a column of what its rows refer to, hidden; empty if there is none of that
   * name, in any case.
   *
   * @param most navigation properties that the table's columns may need in all
   */
  public Optional<EntityTable> with(String column, int most) {
    Optional<Field> found =
        related.apply(column).filter(field -> !fields.containsKey(field.name()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    List<Field> all = new ArrayList<>(fields.values());
    all.add(found.get());
    List<Column> columns = new ArrayList<>(schema.columns());
    columns.add(found.get().column());
    TableSchema wider =
        new TableSchema(
            schema.name(), columns, schema.key(), schema.references(), schema.remarks());
    return all.stream().flatMap(field -> field.navigation().stream()).distinct().count() <= most
        ? Optional.of(
            new EntityTable(
                wider, all, line, singleton, protocol, capabilities, related, restriction))
        : Optional.empty();
  }

  /** A condition in OData's words that its rows meet besides those of a scan; empty for none. */
  public Optional<String> restriction() {
    return restriction;
  }

  /** The rows that also meet a condition in OData's words. */
  public EntityTable restricted(String condition) {
    String both = restriction.map(known -> known + " and " + condition).orElse(condition);
    return new EntityTable(
        schema,
        fields.values(),
        line,
        singleton,
        protocol,
        capabilities,
        related,
        Optional.of(both));
  }

  /** Its fields as conditions name them where a variable stands for the row. */
  public EntityTable within(String variable) {
    List<Field> named = fields.values().stream().map(field -> field.within(variable)).toList();
    return new EntityTable(
        schema,
        named,
        line,
        singleton,
        protocol,
        capabilities,
        none -> Optional.empty(),
        restriction);
  }

  /** The field of a column, by its exact name. */
  public @Nullable Field field(String column) {
    Field own = fields.get(column);
    return own != null || column.indexOf('.') < 0
        ? own
        : related.apply(column).filter(field -> field.name().equals(column)).orElse(null);
  }

  /** The field of a column that the engine took from this table's schema. */
  public Field requireField(String column) {
    Field field = field(column);
    if (field == null) {
      throw new SourceException(
          ErrorKind.UNKNOWN_NAME, "'" + schema.name() + "' has no column '" + column + "'");
    }
    return field;
  }

  /** The fields of the key; empty when the service declares none. */
  public List<Field> keyFields() {
    return schema.key().stream().map(this::requireField).toList();
  }
}
