package dev.quire.engine.exec;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A projection with window functions, split in two: the windows see the values that they name and
 * the row's number, and run elsewhere; all other columns stay here, so nothing is converted that
 * need not be. Immutable.
 *
 * @param fragment number and windows over a {@link RowInputRel}
 * @param inputs expressions over the input, whose values the fragment gets after the row's number;
 *     of an {@link ExactWindow#PLACE} the place
 * @param windows how many windows there are
 * @param results the projection over the input's columns, then the windows' values
 * @param spilled the same windows for rows that do not fit in the heap, where that can be
 */
record WindowPlan(
    RelNode fragment,
    List<RexNode> inputs,
    int windows,
    List<RexNode> results,
    Optional<SpilledWindowPlan> spilled) {

  static WindowPlan of(Project project) {
    Extraction extraction = new Extraction(project.getInput().getRowType().getFieldCount());
    DerivedWindows derived = new DerivedWindows(project.getCluster().getRexBuilder());
    List<RexNode> results = new ArrayList<>();
    for (RexNode column : project.getProjects()) {
      results.add(column.accept(derived).accept(extraction));
    }
    Renumbering renumbering = new Renumbering();
    ExactWindow exact = new ExactWindow(project.getCluster().getRexBuilder());
    List<RexNode> windows =
        extraction.windows.stream().map(each -> exact.of(each).accept(renumbering)).toList();
    RelNode fragment = fragment(project.getCluster(), renumbering.inputs, windows);
    return new WindowPlan(
        fragment,
        renumbering.inputs,
        windows.size(),
        results,
        SpilledWindowPlan.of(extraction.windows));
  }

  /** The functions, for a message. */
  String what() {
    List<String> names = new ArrayList<>();
    for (RexNode column : ((Project) fragment).getProjects()) {
      if (column instanceof RexOver over) {
        names.add(over.getAggOperator().getName());
      }
    }
    return "the window functions " + String.join(", ", new LinkedHashSet<>(names));
  }

  private static RelNode fragment(
      RelOptCluster cluster, List<RexNode> inputs, List<RexNode> windows) {
    RelDataTypeFactory.Builder row = cluster.getTypeFactory().builder();
    row.add("number", SqlTypeName.BIGINT);
    for (RexNode input : inputs) {
      row.add("c" + row.getFieldCount(), input.getType());
    }
    RowInputRel leaf = new RowInputRel(cluster, cluster.traitSet(), row.build(), 0);
    List<RexNode> projects = new ArrayList<>();
    List<String> names = new ArrayList<>();
    projects.add(cluster.getRexBuilder().makeInputRef(leaf, 0));
    names.add("number");
    for (RexNode window : windows) {
      projects.add(window);
      names.add("w" + names.size());
    }
    return LogicalProject.create(leaf, List.of(), projects, names, Set.of());
  }

  /** Takes the windows out of an expression. */
  private static final class Extraction extends RexShuttle {
    private final List<RexOver> windows = new ArrayList<>();
    private final int width;

    Extraction(int width) {
      this.width = width;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      int known = windows.indexOf(over);
      if (known < 0) {
        known = windows.size();
        windows.add(over);
      }
      return new RexInputRef(width + known, over.getType());
    }
  }

  /** Takes the values that a window names out of it. */
  private static final class Renumbering extends RexShuttle {
    private final List<RexNode> inputs = new ArrayList<>();

    @Override
    public RexNode visitInputRef(RexInputRef reference) {
      return input(reference);
    }

    @Override
    public RexNode visitCall(RexCall call) {
      return input(call);
    }

    @Override
    public RexNode visitFieldAccess(RexFieldAccess access) {
      return input(access);
    }

    private RexNode input(RexNode node) {
      int known = inputs.indexOf(node);
      if (known < 0) {
        known = inputs.size();
        inputs.add(node);
      }
      return new RexInputRef(known + 1, node.getType());
    }
  }
}
