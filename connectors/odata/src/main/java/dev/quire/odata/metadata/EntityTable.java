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
  private final String typeName;
  private final boolean singleton;

  /**
   * @param typeName of its entities, qualified
   */
  EntityTable(TableSchema schema, List<Field> fields, String typeName, boolean singleton) {
    this.schema = schema;
    this.typeName = typeName;
    this.singleton = singleton;
    Map<String, Field> byName = new LinkedHashMap<>();
    fields.forEach(field -> byName.put(field.name(), field));
    this.fields = Collections.unmodifiableMap(byName);
  }

  public TableSchema schema() {
    return schema;
  }

  /** The type's name without its namespace; Dataverse calls it the logical name. */
  public String logicalName() {
    return typeName.substring(typeName.lastIndexOf('.') + 1);
  }

  /** Whether it is one entity instead of a set. */
  public boolean singleton() {
    return singleton;
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
