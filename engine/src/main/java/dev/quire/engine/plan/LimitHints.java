package dev.quire.engine.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Copies a limit below what cannot make rows fewer: into the kept side of an outer join, and into
 * every branch of UNION ALL. The limit itself stays where it was.
 */
final class LimitHints {
  private LimitHints() {}

  static RelNode apply(RelNode root) {
    return root.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode other) {
            return super.visit(other instanceof Sort sort ? hinted(sort) : other);
          }
        });
  }

  private static RelNode hinted(Sort sort) {
    if (sort.fetch == null) {
      return sort;
    }
    long rows = PlanText.number(sort.fetch).orElse(0) + PlanText.number(sort.offset).orElse(0);
    RelNode input = lowered(sort.getInput(), sort.getCollation(), rows);
    return input == null ? sort : sort.copy(sort.getTraitSet(), List.of(input));
  }

  /** The node with limits inside; null if there is no place for one. */
  private static @Nullable RelNode lowered(RelNode node, RelCollation order, long rows) {
    if (node instanceof Project project) {
      RelCollation below = through(project, order);
      RelNode input = below == null ? null : lowered(project.getInput(), below, rows);
      return input == null ? null : project.copy(project.getTraitSet(), List.of(input));
    }
    if (node instanceof Union union && union.all) {
      List<RelNode> branches =
          union.getInputs().stream().map(each -> limited(each, order, rows)).toList();
      return union.copy(union.getTraitSet(), branches);
    }
    return node instanceof Join join ? joined(join, order, rows) : null;
  }

  private static @Nullable RelNode joined(Join join, RelCollation order, long rows) {
    int left = join.getLeft().getRowType().getFieldCount();
    if (join.getJoinType() == JoinRelType.LEFT && within(order, 0, left)) {
      RelNode limited = limited(join.getLeft(), order, rows);
      return join.copy(join.getTraitSet(), List.of(limited, join.getRight()));
    }
    if (join.getJoinType() == JoinRelType.RIGHT
        && within(order, left, join.getRowType().getFieldCount())) {
      RelNode limited = limited(join.getRight(), RelCollations.shift(order, -left), rows);
      return join.copy(join.getTraitSet(), List.of(join.getLeft(), limited));
    }
    return null;
  }

  private static RelNode limited(RelNode node, RelCollation order, long rows) {
    RelNode inner = lowered(node, order, rows);
    RelNode input = inner == null ? node : inner;
    if (input instanceof Sort sort && sort.fetch != null) {
      return input;
    }
    RexNode fetch = node.getCluster().getRexBuilder().makeExactLiteral(BigDecimal.valueOf(rows));
    return LogicalSort.create(input, order, null, fetch);
  }

  private static boolean within(RelCollation order, int from, int to) {
    return order.getFieldCollations().stream()
        .allMatch(field -> field.getFieldIndex() >= from && field.getFieldIndex() < to);
  }

  private static @Nullable RelCollation through(Project project, RelCollation order) {
    List<RelFieldCollation> fields = new ArrayList<>();
    for (RelFieldCollation field : order.getFieldCollations()) {
      if (!(project.getProjects().get(field.getFieldIndex()) instanceof RexInputRef ref)) {
        return null;
      }
      fields.add(field.withFieldIndex(ref.getIndex()));
    }
    return RelCollations.of(fields);
  }
}
