package dev.quire.engine.exec;

import static java.util.Objects.requireNonNull;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.EvaluationContext;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ExpressionCompiler;
import dev.quire.engine.exec.eval.Literals;
import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.DriverRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** A plan to operators. One thread at a time. */
final class PlanCompiler {
  /** Up to so many rows, ORDER BY with LIMIT keeps no more than it needs. */
  static final long MOST_TOP_ROWS = 100_000;

  private final ExecutionContext context;
  private final Run run;
  private final EvaluationContext evaluation;
  private final IdentityHashMap<DriverRel, Operator> drivers = new IdentityHashMap<>();
  private boolean repeated;

  PlanCompiler(ExecutionContext context, Run run) {
    this.context = context;
    this.run = run;
    this.evaluation = new EvaluationContext(context.start(), context.parameters());
  }

  Operator compile(RelNode node) {
    if (repeated
        && !(node instanceof Values)
        && !(node instanceof DriverRel)
        && RelOptUtil.getVariablesUsed(node).isEmpty()) {
      return cached(node);
    }
    if (node instanceof ScanRel scan) {
      return ScanOperators.scan(scan.target(), scan.request(), context, run);
    }
    if (node instanceof Project project) {
      return project(project);
    }
    if (node instanceof Filter filter) {
      return filter(filter);
    }
    if (node instanceof Sort sort) {
      return sort(sort);
    }
    if (node instanceof SetOp operation) {
      return setOperation(operation);
    }
    if (node instanceof Join join) {
      return join(join);
    }
    if (node instanceof BindJoinRel join) {
      return bindJoin(join);
    }
    if (node instanceof AdaptiveJoinRel join) {
      return adaptiveJoin(join);
    }
    if (node instanceof DriverRel leaf) {
      return requireNonNull(drivers.get(leaf));
    }
    if (node instanceof Aggregate aggregate) {
      return aggregate(aggregate);
    }
    if (node instanceof Correlate correlate) {
      return correlate(correlate);
    }
    if (node instanceof Values values) {
      return values(values);
    }
    if (node instanceof Uncollect uncollect) {
      return ported(uncollect, "such collections");
    }
    throw unsupported(node);
  }

  private ExpressionCompiler expressions(RelNode node) {
    return new ExpressionCompiler(node.getCluster().getRexBuilder(), evaluation);
  }

  private Operator project(Project project) {
    if (RexOver.containsOver(project.getProjects(), null)) {
      return windows(project);
    }
    ExpressionCompiler compiler = expressions(project);
    Operator input = compile(project.getInput());
    if (RexUtil.isIdentity(project.getProjects(), project.getInput().getRowType())) {
      return input;
    }
    Evaluator[] columns =
        project.getProjects().stream().map(compiler::compile).toArray(Evaluator[]::new);
    return ScanOperators.project(input, columns);
  }

  private Operator windows(Project project) {
    WindowPlan plan = WindowPlan.of(project);
    BlockingEngine.Prepared prepared = Ports.prepare(plan.fragment(), plan.what());
    Operator input = compile(project.getInput());
    ExpressionCompiler compiler = expressions(project);
    Evaluator[] columns = plan.results().stream().map(compiler::compile).toArray(Evaluator[]::new);
    List<WindowCursor.Named> named =
        plan.inputs().stream().map(each -> named(each, compiler)).toList();
    Optional<WindowCursor.Spilled> spilled = plan.spilled().map(each -> spilled(each, compiler));
    var windows = new WindowCursor.Windows(named, plan.windows(), spilled);
    return demand -> {
      RowCursor rows = input.open(Demand.ALL);
      var account = account("a window function");
      return new ProjectCursor(new WindowCursor(rows, windows, prepared, run, account), columns);
    };
  }

  private static WindowCursor.Spilled spilled(SpilledWindowPlan plan, ExpressionCompiler compiler) {
    return new WindowCursor.Spilled(
        plan, plan.inputs().stream().map(each -> compiler.compile(each.value())).toList());
  }

  private static WindowCursor.Named named(RexNode input, ExpressionCompiler compiler) {
    return input instanceof RexCall call && call.getOperator().equals(ExactWindow.PLACE)
        ? new WindowCursor.Named(compiler.compile(call.getOperands().get(0)), true)
        : new WindowCursor.Named(compiler.compile(input), false);
  }

  /** A node on its input that another engine runs. */
  private Operator ported(RelNode node, String what) {
    RelNode child = node.getInput(0);
    RelNode leaf = new RowInputRel(node.getCluster(), child.getTraitSet(), child.getRowType(), 0);
    RelNode fragment = node.copy(node.getTraitSet(), List.of(leaf));
    BlockingEngine.Prepared prepared = Ports.prepare(fragment, what);
    Operator input = compile(child);
    return demand ->
        prepared.open(List.of(new PortCursor(input.open(Demand.ALL), run, account(what))));
  }

  private Operator filter(Filter filter) {
    Evaluator condition = expressions(filter).compile(filter.getCondition());
    Operator input = compile(filter.getInput());
    return ScanOperators.filter(input, condition);
  }

  private Operator sort(Sort sort) {
    long offset = count(sort, sort.offset, 0);
    long limit = count(sort, sort.fetch, Long.MAX_VALUE);
    Operator input = compile(sort.getInput());
    if (sort.getCollation().getFieldCollations().isEmpty()) {
      return ScanOperators.limit(input, offset, limit, run);
    }
    RowOrder order = new RowOrder(sort.getCollation().getFieldCollations(), run);
    boolean isTop = limit <= MOST_TOP_ROWS && offset <= MOST_TOP_ROWS - limit;
    if (limit == 0) {
      return demand -> ListCursor.EMPTY;
    }
    Operator sorted =
        isTop
            ? demand ->
                new TopCursor(
                    input.open(Demand.ALL), order, (int) (limit + offset), run, account("ORDER BY"))
            : demand -> new SortCursor(input.open(Demand.ALL), order, run, account("ORDER BY"));
    return sort.offset == null && sort.fetch == null
        ? sorted
        : ScanOperators.limit(sorted, offset, limit, run);
  }

  private MemoryGuard.Account account(String operator) {
    return context.memory().open(operator);
  }

  private long count(RelNode node, @Nullable RexNode given, long otherwise) {
    if (given == null) {
      return otherwise;
    }
    Object value = expressions(node).compile(given).eval(new Object[0]);
    if (!(value instanceof Number number) || number.longValue() < 0) {
      throw new SourceException(
          ErrorKind.INVALID_VALUE, "LIMIT and OFFSET take a number of rows, not " + value);
    }
    return number.longValue();
  }

  private Operator setOperation(SetOp node) {
    List<Operator> inputs = node.getInputs().stream().map(this::compile).toList();
    int width = node.getRowType().getFieldCount();
    if (node instanceof Union union) {
      return union.all
          ? demand -> new UnionAllCursor(inputs, demand)
          : distinct(
              demand -> new UnionAllCursor(inputs, demand), IntStream.range(0, width).toArray());
    }
    String name = node instanceof Intersect ? "INTERSECT" : "EXCEPT";
    var kind = new SetOperationCursor.Kind(node instanceof Intersect, node.all);
    return demand -> {
      List<RowCursor> opened = new ArrayList<>();
      for (Operator input : inputs) {
        opened.add(input.open(opened.isEmpty() ? Operator.throughFilter(demand) : Demand.ALL));
      }
      return new SetOperationCursor(opened, kind, width, run, account(name));
    };
  }

  private Operator distinct(Operator input, int[] columns) {
    return demand ->
        new DistinctCursor(
            input.open(Operator.throughFilter(demand)), columns, run, account("DISTINCT"));
  }

  private Operator join(Join join) {
    JoinCondition condition = JoinCondition.of(join, expressions(join));
    int leftWidth = join.getLeft().getRowType().getFieldCount();
    JoinCursor.JoinPlan plan =
        new JoinCursor.JoinPlan(
            compile(join.getLeft()),
            compile(join.getRight()),
            join.getJoinType(),
            condition,
            leftWidth,
            join.getRight().getRowType().getFieldCount());
    return demand -> new JoinCursor(plan, Operator.throughFilter(demand), run, account("the join"));
  }

  private Operator bindJoin(BindJoinRel node) {
    Operator input = compile(node.getInput());
    Evaluator condition = expressions(node).compile(node.condition());
    return demand -> {
      Demand wanted = Operator.throughFilter(demand);
      var lookups = new BindLookup.Maker(node.lookup(), node.lookupColumn(), context, run);
      return new BindJoinCursor(input.open(wanted), node, condition, wanted, lookups);
    };
  }

  private Operator adaptiveJoin(AdaptiveJoinRel node) {
    AdaptiveJoinRel.Ways ways = node.ways();
    Operator input = compile(node.getInput());
    var driver = new AdaptiveJoinCursor.Driver();
    drivers.put(ways.leaf(), driver);
    var choice =
        new AdaptiveJoinCursor.Choice(
            driver,
            compile(ways.keyed()),
            compile(ways.whole()),
            ways.lookup().inputKey(),
            ways.mostKeys());
    return demand ->
        new AdaptiveJoinCursor(
            input.open(Operator.throughFilter(demand)), choice, demand, run, account("the join"));
  }

  private Operator aggregate(Aggregate node) {
    boolean isDistinct = node.getAggCallList().isEmpty() && node.getGroupSets().size() == 1;
    if (isDistinct && !node.getGroupSet().isEmpty()) {
      return distinct(compile(node.getInput()), node.getGroupSet().toArray());
    }
    AggregateCursor.Grouping grouping = AggregatePlan.find(node);
    if (grouping == null) {
      return ported(node, "the aggregates " + node.getAggCallList());
    }
    Operator input = compile(node.getInput());
    return demand ->
        new AggregateCursor(input.open(Demand.ALL), grouping, run, account("GROUP BY"));
  }

  /** The right side runs once per row; what does not depend on the row is read once. */
  private Operator correlate(Correlate node) {
    Operator left = compile(node.getLeft());
    EvaluationContext.OuterRow outer = evaluation.outerRow(node.getCorrelVariable());
    boolean before = repeated;
    repeated = true;
    Operator right = compile(node.getRight());
    repeated = before;
    int width = node.getRight().getRowType().getFieldCount();
    return demand ->
        new CorrelateCursor(
            left.open(Operator.throughFilter(demand)), right, outer, node.getJoinType(), width);
  }

  private Operator cached(RelNode node) {
    repeated = false;
    Operator input = compile(node);
    repeated = true;
    return new CachedRows(input, run, account("a correlated query"));
  }

  private static SourceException unsupported(RelNode node) {
    return new SourceException(
        ErrorKind.UNSUPPORTED, "the operator " + node.getRelTypeName() + " is not available");
  }

  private static Operator values(Values values) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (var tuple : values.getTuples()) {
      rows.add(tuple.stream().map(Literals::value).toArray());
    }
    return demand -> new ListCursor(() -> rows.stream().map(row -> row.clone()).iterator());
  }
}
