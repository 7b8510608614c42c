package dev.quire.engine.plan;

import dev.quire.spi.Expression;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.spi.TableSchema.Reference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Replaces tests for a row of a collection, as EXISTS makes them, by a condition on the rows that
 * it belongs to, where the source tells exactly what SQL does: the collection is not read then. For
 * one statement.
 */
final class CollectionJoins extends RelHomogeneousShuttle {
  private final ScanPlanner scans;
  private final List<String> notes = new ArrayList<>();

  CollectionJoins(ScanPlanner scans) {
    this.scans = scans;
  }

  /** What was replaced, for EXPLAIN. */
  List<String> notes() {
    return notes;
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join && join.getJoinType() == JoinRelType.SEMI
        ? replaced(join).orElse(join)
        : visited;
  }

  private Optional<RelNode> replaced(Join join) {
    JoinInfo info = join.analyzeCondition();
    Chain parents = Chain.of(join.getLeft());
    Chain rows = Chain.of(join.getRight());
    if (parents == null || rows == null || !info.isEqui()) {
      return Optional.empty();
    }
    if (!isPlain(parents)
        || !isPlain(rows)
        || !isCollectionOf(rows, parents)
        || !isByKey(info, parents, rows)) {
      return Optional.empty();
    }
    return conditions(rows)
        .flatMap(
            conditions ->
                parents
                    .target()
                    .table()
                    .having(rows.target().table().schema().name().name(), conditions))
        .map(having -> over(having, join, parents, rows));
  }

  private boolean isPlain(Chain chain) {
    return chain.aggregate() == null && chain.sort() == null && scans.isPushed(chain.target());
  }

  private static boolean isCollectionOf(Chain rows, Chain parents) {
    TableName own = parents.target().table().schema().name();
    TableName below = rows.target().table().schema().name();
    return own.namespace().isEmpty()
        && below.namespace().equals(own.name())
        && rows.target().place().equals(parents.target().place() + "." + below.name());
  }

  /** Whether the join compares the parent's whole key and nothing else. */
  private static boolean isByKey(JoinInfo info, Chain parents, Chain rows) {
    Set<List<String>> compared = new HashSet<>();
    for (int i = 0; i < info.leftKeys.size(); i++) {
      Optional<String> key = parents.column(info.leftKeys.get(i));
      Optional<String> there = rows.column(info.rightKeys.get(i));
      if (key.isEmpty() || there.isEmpty()) {
        return false;
      }
      compared.add(List.of(there.get(), key.get()));
    }
    return parent(rows)
        .filter(reference -> compared.equals(pairs(reference)))
        .filter(
            reference ->
                Set.copyOf(reference.targetColumns())
                    .equals(Set.copyOf(parents.target().table().schema().key())))
        .isPresent();
  }

  /** The columns of a reference, each with the one that it equals. */
  static Set<List<String>> pairs(Reference reference) {
    Set<List<String>> pairs = new HashSet<>();
    for (int i = 0; i < reference.columns().size(); i++) {
      pairs.add(List.of(reference.columns().get(i), reference.targetColumns().get(i)));
    }
    return pairs;
  }

  /** The reference of a collection's rows to the row that they belong to. */
  private static Optional<Reference> parent(Chain rows) {
    TableSchema schema = rows.target().table().schema();
    return schema.references().stream()
        .filter(each -> each.target().equals(TableName.of(schema.name().namespace())))
        .filter(each -> schema.key().containsAll(each.columns()))
        .findFirst();
  }

  /** The conditions on a collection's rows; empty if one of them cannot be said to a source. */
  private Optional<List<Expression>> conditions(Chain rows) {
    List<Expression> all = new ArrayList<>();
    RexToExpression translator = scans.translator(rows);
    for (RexNode condition : rows.conditions()) {
      if (!isOfEveryParent(condition, rows)) {
        Optional<Expression> said = translator.translateTop(condition);
        if (said.isEmpty()) {
          return Optional.empty();
        }
        all.add(said.get());
      }
    }
    return Optional.of(all);
  }

  /** Whether a condition says of the parent's key, which is never null, what holds anyway. */
  private static boolean isOfEveryParent(RexNode condition, Chain rows) {
    List<String> names = rows.scan().getRowType().getFieldNames();
    Set<String> keys =
        parent(rows).map(reference -> Set.copyOf(reference.columns())).orElse(Set.of());
    boolean ofKeys =
        RelOptUtil.InputFinder.bits(condition).asList().stream()
            .allMatch(index -> keys.contains(names.get(index)));
    return ofKeys
        && (condition.getKind() == SqlKind.IS_NOT_NULL
            || (condition.getKind() == SqlKind.EQUALS
                && condition instanceof RexCall call
                && call.getOperands().get(0).equals(call.getOperands().get(1))));
  }

  private RelNode over(Table having, Join join, Chain parents, Chain rows) {
    notes.add(
        rows.target().place()
            + " is not read: "
            + parents.target().place()
            + " is asked for rows that have one there");
    RelNode scan = parents.scanOf(having, parents.scan().getRowType());
    RelNode filtered =
        parents.conditions().isEmpty()
            ? scan
            : LogicalFilter.create(
                scan,
                RexUtil.composeConjunction(
                    join.getCluster().getRexBuilder(), parents.conditions()));
    return LogicalProject.create(
        filtered, List.of(), parents.projection(), join.getRowType().getFieldNames(), Set.of());
  }
}
