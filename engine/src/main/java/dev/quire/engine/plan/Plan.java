package dev.quire.engine.plan;

import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.util.List;
import org.apache.calcite.rel.RelNode;

/**
 * What a statement will do. Its leaves are {@link dev.quire.engine.rel.ScanRel} and Values.
 * Immutable.
 *
 * @param columns of the result, matching the root's fields
 * @param notes what the user should know about the plan, one clause each
 * @param explain whether the statement asked for the plan instead of the rows
 */
public record Plan(RelNode root, List<Column> columns, List<String> notes, boolean explain) {
  /** The one column of what EXPLAIN gives. */
  public static final Column EXPLANATION = Column.of("plan", DataType.VARCHAR).notNull();

  public Plan {
    columns = List.copyOf(columns);
    notes = List.copyOf(notes);
  }

  Plan withColumns(List<Column> known) {
    return new Plan(root, known, notes, explain);
  }
}
