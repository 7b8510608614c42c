package dev.quire.engine.plan;

import dev.quire.engine.rel.SimpleScan;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelNode;
import org.jspecify.annotations.Nullable;

/**
 * What a statement will do. A simple one has a tree of nodes, too, which is made when it is asked
 * for: not to run it. One thread at a time.
 */
public final class Plan {
  /** The one column of what EXPLAIN gives. */
  public static final Column EXPLANATION = Column.of("plan", DataType.VARCHAR).notNull();

  private final Optional<SimpleScan> simple;
  private final Supplier<RelNode> tree;
  private final List<Column> columns;
  private final List<String> notes;
  private final boolean explain;
  private @Nullable RelNode root;

  private Plan(
      Optional<SimpleScan> simple,
      Supplier<RelNode> tree,
      List<Column> columns,
      List<String> notes,
      boolean explain) {
    this.simple = simple;
    this.tree = tree;
    this.columns = List.copyOf(columns);
    this.notes = List.copyOf(notes);
    this.explain = explain;
  }

  static Plan of(RelNode root, List<Column> columns, List<String> notes, boolean explain) {
    return new Plan(Optional.empty(), () -> root, columns, notes, explain);
  }

  static Plan of(SimpleScan scan, Supplier<RelNode> tree, List<Column> columns) {
    return new Plan(Optional.of(scan), tree, columns, List.of(), false);
  }

  Plan withColumns(List<Column> known) {
    return new Plan(simple, tree, known, notes, explain);
  }

  /** The one scan that is all of a simple statement. */
  public Optional<SimpleScan> simple() {
    return simple;
  }

  /** Its leaves are {@link dev.quire.engine.rel.ScanRel} and Values. */
  public RelNode root() {
    RelNode known = root;
    if (known == null) {
      known = tree.get();
      root = known;
    }
    return known;
  }

  /** The columns of the result, matching the root's fields. */
  public List<Column> columns() {
    return columns;
  }

  /** What the user should know about the plan, one clause each. */
  public List<String> notes() {
    return notes;
  }

  /** Whether the statement asked for the plan instead of the rows. */
  public boolean explain() {
    return explain;
  }

  /** As {@link Plans#scansReadOnce}. */
  public OptionalInt scansReadOnce() {
    return simple.isPresent() ? OptionalInt.of(1) : Plans.scansReadOnce(root());
  }

  /** As {@link Plans#limitOfOnlyScan}. */
  public OptionalLong limitOfOnlyScan() {
    return simple.isPresent() ? simple.get().wanted() : Plans.limitOfOnlyScan(root());
  }

  /** As {@link Plans#isStreaming}. */
  public boolean isStreaming() {
    return simple.isPresent() || Plans.isStreaming(root());
  }

  /** As {@link Resumption#obstacle}. */
  public Optional<String> obstacleToResume() {
    return simple.isPresent() ? Optional.empty() : Resumption.obstacle(root());
  }
}
