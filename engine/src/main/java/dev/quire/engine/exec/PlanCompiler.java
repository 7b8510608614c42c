package dev.quire.engine.exec;

import dev.quire.chain.Demand;
import dev.quire.engine.exec.eval.EvaluationContext;
import dev.quire.engine.exec.eval.Evaluator;
import dev.quire.engine.exec.eval.ExpressionCompiler;
import dev.quire.engine.exec.eval.Literals;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** A plan to operators. One thread at a time. */
final class PlanCompiler {
  private final ExecutionContext context;
  private final Run run;
  private final EvaluationContext evaluation;

  PlanCompiler(ExecutionContext context, Run run) {
    this.context = context;
    this.run = run;
    this.evaluation = new EvaluationContext(context.start(), context.parameters());
  }

  Operator compile(RelNode node) {
    if (node instanceof ScanRel scan) {
      return scan(scan);
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
    if (node instanceof Union union && union.all) {
      return unionAll(union);
    }
    if (node instanceof Values values) {
      return values(values);
    }
    throw new SourceException(
        ErrorKind.UNSUPPORTED, "the operator " + node.getRelTypeName() + " is not available");
  }

  private ExpressionCompiler expressions(RelNode node) {
    return new ExpressionCompiler(node.getCluster().getRexBuilder(), evaluation);
  }

  private Operator scan(ScanRel scan) {
    return demand -> new ScanCursor(scan.target(), scan.request(), demand, context, run);
  }

  private Operator project(Project project) {
    ExpressionCompiler compiler = expressions(project);
    Operator input = compile(project.getInput());
    if (RexUtil.isIdentity(project.getProjects(), project.getInput().getRowType())) {
      return input;
    }
    Evaluator[] columns =
        project.getProjects().stream().map(compiler::compile).toArray(Evaluator[]::new);
    return demand -> new ProjectCursor(input.open(demand), columns);
  }

  private Operator filter(Filter filter) {
    Evaluator condition = expressions(filter).compile(filter.getCondition());
    Operator input = compile(filter.getInput());
    return demand -> new FilterCursor(input.open(Operator.throughFilter(demand)), condition);
  }

  private Operator sort(Sort sort) {
    long offset = count(sort, sort.offset, 0);
    long limit = count(sort, sort.fetch, Long.MAX_VALUE);
    Operator input = compile(sort.getInput());
    if (!sort.getCollation().getFieldCollations().isEmpty()) {
      throw new SourceException(ErrorKind.UNSUPPORTED, "ORDER BY is not available");
    }
    return limit(input, offset, limit);
  }

  private static Operator limit(Operator input, long offset, long limit) {
    return demand -> {
      long give = Math.min(limit, demand.rows());
      long take = give > Long.MAX_VALUE - offset ? Long.MAX_VALUE : give + offset;
      Demand wanted = new Demand(take, demand.certain());
      return new LimitCursor(input.open(wanted), offset, limit);
    };
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

  private Operator unionAll(Union union) {
    List<Operator> inputs = union.getInputs().stream().map(this::compile).toList();
    return demand -> new UnionAllCursor(inputs, demand);
  }

  private static Operator values(Values values) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (var tuple : values.getTuples()) {
      rows.add(tuple.stream().map(Literals::value).toArray());
    }
    return demand -> new ListCursor(rows);
  }
}
