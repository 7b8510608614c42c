package dev.quire.odata.metadata;

import dev.quire.spi.TableSchema;
import java.util.List;

/**
 * A collection below the rows of a table, as a table of its own: its rows have the key of the row
 * that they belong to, then their own columns. Immutable.
 *
 * @param schema of the whole
 * @param parent the table whose rows it belongs to
 * @param navigation the property that leads from such a row to its collection
 * @param target the rows without the key of the row that they belong to
 */
public record Relation(
    TableSchema schema, EntityTable parent, String navigation, EntityTable target) {

  /** The columns with the parent's key, in the order of that key; none below a singleton. */
  public List<String> parentColumns() {
    return schema.columns().stream().limit(parentKey().size()).map(each -> each.name()).toList();
  }

  /** The parent's key; empty for a singleton, which needs none. */
  public List<Field> parentKey() {
    return parent.singleton() ? List.of() : parent.keyFields();
  }
}
