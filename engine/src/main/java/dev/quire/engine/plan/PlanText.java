package dev.quire.engine.plan;

import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.Expression;
import dev.quire.spi.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Plans, conditions and orders as people read them. */
public final class PlanText {
  private PlanText() {}

  /** The engine's operators from the result down, one indented line each. */
  public static List<String> operators(RelNode root) {
    List<String> lines = new ArrayList<>();
    write(root, 0, lines);
    return lines;
  }

  private static void write(RelNode node, int depth, List<String> lines) {
    lines.add("  ".repeat(depth) + describe(node));
    node.getInputs().forEach(input -> write(input, depth + 1, lines));
    if (node instanceof BindJoinRel join) {
      write(join.lookup(), depth + 1, lines);
    } else if (node instanceof AdaptiveJoinRel join) {
      write(join.other(), depth + 1, lines);
    }
  }

  private static String describe(RelNode node) {
    if (node instanceof ScanRel scan) {
      return "Scan " + scan.target().place();
    } else if (node instanceof BindJoinRel join) {
      List<String> names = joinNames(join.getInput(), join.lookup());
      return "Bind join ("
          + join.joinType().lowerName
          + ") on "
          + RexText.of(join.condition(), names);
    } else if (node instanceof AdaptiveJoinRel join) {
      return describe(join.ways().whole()) + ", by key up to " + join.ways().mostKeys() + " keys";
    } else if (node instanceof Filter filter) {
      return "Filter " + RexText.of(filter.getCondition(), names(filter.getInput()));
    } else if (node instanceof Project project) {
      return "Project " + RexText.list(project.getProjects(), names(project.getInput()));
    } else if (node instanceof Join join) {
      List<String> names = joinNames(join.getLeft(), join.getRight());
      return "Join ("
          + join.getJoinType().lowerName
          + ") on "
          + RexText.of(join.getCondition(), names);
    } else if (node instanceof Sort sort) {
      return sort(sort);
    } else if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    } else if (node instanceof Values values) {
      return "Values, "
          + values.getTuples().size()
          + (values.getTuples().size() == 1 ? " row" : " rows");
    }
    return node.getRelTypeName().replace("Logical", "");
  }

  private static List<String> names(RelNode node) {
    return node.getRowType().getFieldNames();
  }

  private static List<String> joinNames(RelNode left, RelNode right) {
    List<String> names = new ArrayList<>(names(left));
    names.addAll(names(right));
    return names;
  }

  private static String sort(Sort sort) {
    List<String> parts = new ArrayList<>();
    List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
    if (!keys.isEmpty()) {
      parts.add(
          "Sort by "
              + keys.stream()
                  .map(
                      key ->
                          names(sort.getInput()).get(key.getFieldIndex())
                              + (key.getDirection().isDescending() ? " desc" : ""))
                  .collect(Collectors.joining(", ")));
    }
    number(sort.fetch).ifPresent(rows -> parts.add("Limit " + rows));
    number(sort.offset).ifPresent(rows -> parts.add("Offset " + rows));
    return String.join(", ", parts);
  }

  private static String aggregate(Aggregate aggregate) {
    List<String> names = names(aggregate.getInput());
    String calls =
        aggregate.getAggCallList().stream()
            .map(call -> call(call, names))
            .collect(Collectors.joining(", "));
    String groups =
        aggregate.getGroupSet().asList().stream().map(names::get).collect(Collectors.joining(", "));
    return "Aggregate"
        + (calls.isEmpty() ? "" : " " + calls)
        + (groups.isEmpty() ? "" : " by " + groups);
  }

  private static String call(AggregateCall call, List<String> names) {
    String arguments = call.getArgList().stream().map(names::get).collect(Collectors.joining(", "));
    String distinct = call.isDistinct() ? "distinct " : "";
    return call.getAggregation().getName().toLowerCase(Locale.ROOT)
        + "("
        + distinct
        + (arguments.isEmpty() ? "*" : arguments)
        + ")";
  }

  static OptionalLong number(@Nullable RexNode node) {
    return node == null ? OptionalLong.empty() : OptionalLong.of(RexLiteral.longValue(node));
  }

  /**
   * The most rows of a scan that the plan can need, where only a limit (and operators that keep
   * every row) stand above it; empty when all may be needed.
   */
  public static OptionalLong mostRowsRead(ScanRel scan, RelNode root) {
    OptionalLong most = scan.request().limit();
    RelNode node = root;
    while (node != scan) {
      if (node instanceof Sort sort && sort.getCollation().getFieldCollations().isEmpty()) {
        OptionalLong fetch = number(sort.fetch);
        if (fetch.isPresent()) {
          long rows = fetch.getAsLong() + number(sort.offset).orElse(0);
          most = OptionalLong.of(Math.min(rows, most.orElse(Long.MAX_VALUE)));
        }
      } else if (!(node instanceof Project)) {
        return scan.request().limit();
      }
      if (node.getInputs().size() != 1) {
        return scan.request().limit();
      }
      node = node.getInput(0);
    }
    return most;
  }

  /** A condition that was offered to a source. */
  public static String condition(Expression expression) {
    return ExpressionText.of(expression);
  }

  /** {@code createdon desc, name}. */
  public static String order(List<ScanRequest.SortKey> keys) {
    return keys.stream()
        .map(key -> key.column() + (key.descending() ? " desc" : ""))
        .collect(Collectors.joining(", "));
  }

  /** {@code count(*), sum(revenue) by statecode}. */
  public static String aggregation(ScanRequest.Aggregation aggregation) {
    String measures =
        aggregation.measures().stream()
            .map(
                each ->
                    switch (each.function()) {
                      case COUNT_ALL -> "count(*)";
                      default ->
                          each.function().name().toLowerCase(Locale.ROOT)
                              + "("
                              + (each.distinct() ? "distinct " : "")
                              + each.column().orElse("*")
                              + ")";
                    })
            .collect(Collectors.joining(", "));
    String groups = String.join(", ", aggregation.groupBy());
    return "aggregate"
        + (measures.isEmpty() ? "" : " " + measures)
        + (groups.isEmpty() ? "" : " by " + groups);
  }
}
