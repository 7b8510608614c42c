package dev.quire.engine.plan;

import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.Measure;
import dev.quire.spi.ScanRequest.MeasureFunction;
import dev.quire.spi.ScanRequest.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Everything of a chain that its source may be asked for. Immutable.
 *
 * @param sources the condition behind each offered filter, by its place in the chain's conditions;
 *     -1 for one that was only added to narrow
 */
record Offer(Chain chain, ScanRequest request, List<Integer> sources) {

  /**
   * The offer for a chain.
   *
   * @param pushed false offers columns alone, and what a required filter needs
   */
  static Offer of(Chain chain, RexToExpression translator, boolean pushed, OptionalInt pageSize) {
    List<Expression> filters = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    List<Column> columns = chain.target().table().schema().columns();
    boolean complete = true;
    for (int i = 0; i < chain.conditions().size(); i++) {
      RexNode condition = chain.conditions().get(i);
      Optional<Expression> whole = translator.translateTop(condition);
      complete &= whole.isPresent();
      Optional<Expression> filter = whole.or(() -> translator.narrowing(condition));
      if (filter.isPresent() && (pushed || RequiredFilters.gives(filter.get(), columns))) {
        filters.add(filter.get());
        sources.add(whole.isPresent() ? i : -1);
      }
    }
    ScanRequest request =
        ScanRequest.of(names(columns, usedColumns(chain)))
            .withFilters(filters)
            .withPageSize(pageSize);
    if (pushed) {
      request =
          complete
              ? withLimitOrGroups(request, chain, columns)
              : withOrder(request, chain, columns);
    }
    return new Offer(chain, request, List.copyOf(sources));
  }

  private static ImmutableBitSet usedColumns(Chain chain) {
    ImmutableBitSet used =
        RelOptUtil.InputFinder.bits(chain.projection(), null)
            .union(RelOptUtil.InputFinder.bits(chain.conditions(), null));
    return used.isEmpty() ? ImmutableBitSet.of(ScanPlanner.smallest(chain.target())) : used;
  }

  private static List<String> names(List<Column> columns, ImmutableBitSet used) {
    return used.asList().stream().map(index -> columns.get(index).name()).toList();
  }

  private static ScanRequest withLimitOrGroups(
      ScanRequest request, Chain chain, List<Column> columns) {
    if (chain.aggregate() != null) {
      return request.withAggregation(aggregation(chain, chain.aggregate(), columns));
    }
    Sort sort = chain.sort();
    if (sort == null) {
      return request;
    }
    ScanRequest ordered = withOrder(request, chain, columns);
    boolean unsortable =
        ordered.order().isEmpty() && !sort.getCollation().getFieldCollations().isEmpty();
    return unsortable
        ? request
        : ordered
            .withLimit(PlanText.number(sort.fetch))
            .withOffset(PlanText.number(sort.offset).orElse(0));
  }

  private static ScanRequest withOrder(ScanRequest request, Chain chain, List<Column> columns) {
    Sort sort = chain.sort();
    if (sort == null) {
      return request;
    }
    List<SortKey> keys = new ArrayList<>();
    for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
      if (!(chain.projection().get(field.getFieldIndex()) instanceof RexInputRef ref)) {
        return request;
      }
      boolean descending = field.getDirection().isDescending();
      boolean nullsFirst =
          field.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
              ? !descending
              : field.nullDirection == RelFieldCollation.NullDirection.FIRST;
      keys.add(new SortKey(columns.get(ref.getIndex()).name(), descending, nullsFirst));
    }
    return request.withOrder(keys);
  }

  private static Optional<Aggregation> aggregation(
      Chain chain, Aggregate aggregate, List<Column> columns) {
    if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    for (int index : aggregate.getGroupSet()) {
      if (!(chain.projection().get(index) instanceof RexInputRef ref)) {
        return Optional.empty();
      }
      groups.add(columns.get(ref.getIndex()).name());
    }
    List<Measure> measures = new ArrayList<>();
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<Measure> measure = measure(chain, call, columns);
      if (measure.isEmpty()) {
        return Optional.empty();
      }
      measures.add(measure.get());
    }
    return Optional.of(new Aggregation(groups, measures));
  }

  private static Optional<Measure> measure(Chain chain, AggregateCall call, List<Column> columns) {
    boolean plain =
        !call.hasFilter()
            && !call.isApproximate()
            && !call.ignoreNulls()
            && call.getCollation().getFieldCollations().isEmpty()
            && call.getArgList().size() <= 1;
    MeasureFunction function =
        switch (call.getAggregation().getKind()) {
          case COUNT ->
              call.getArgList().isEmpty() ? MeasureFunction.COUNT_ALL : MeasureFunction.COUNT;
          case SUM -> MeasureFunction.SUM;
          case MIN -> MeasureFunction.MIN;
          case MAX -> MeasureFunction.MAX;
          case AVG -> MeasureFunction.AVG;
          default -> null;
        };
    if (!plain || function == null) {
      return Optional.empty();
    }
    if (call.getArgList().isEmpty()) {
      DataType count = SqlTypes.toDataType(call.getType());
      return Optional.of(new Measure(function, Optional.empty(), false, count));
    }
    if (!(chain.projection().get(call.getArgList().get(0)) instanceof RexInputRef ref)) {
      return Optional.empty();
    }
    boolean distinct =
        call.isDistinct() && function != MeasureFunction.MIN && function != MeasureFunction.MAX;
    Optional<String> column = Optional.of(columns.get(ref.getIndex()).name());
    DataType type = SqlTypes.toDataType(call.getType());
    return Optional.of(new Measure(function, column, distinct, type));
  }

  /** The conditions that the answer leaves to the engine. */
  List<RexNode> residual(Pushdown answer) {
    List<RexNode> residual = new ArrayList<>();
    for (int i = 0; i < chain.conditions().size(); i++) {
      int offered = sources.indexOf(i);
      if (offered < 0 || answer.filters().get(offered) != Fidelity.EXACT) {
        residual.add(chain.conditions().get(i));
      }
    }
    return residual;
  }
}
