package dev.quire.odata.metadata;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableSchema;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An entity set or singleton as a table. Immutable. */
public final class EntityTable {
  private final TableSchema schema;
  private final Map<String, Field> fields;
  private final List<String> line;
  private final boolean singleton;
  private final Protocol protocol;

  /**
   * @param line qualified names of the type of its entities and of its bases, the root first
   * @param protocol of its service
   */
  EntityTable(
      TableSchema schema,
      List<Field> fields,
      List<String> line,
      boolean singleton,
      Protocol protocol) {
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

  /** The field of a column, by its exact name. */
  public @Nullable Field field(String column) {
    return fields.get(column);
  }

  /** The field of a column that the engine took from this table's schema. */
  public Field requireField(String column) {
    Field field = fields.get(column);
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
