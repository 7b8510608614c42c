package dev.quire.engine.plan;

import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Everything of a chain that its source may be asked for. Immutable.
 *
 * @param sources the condition behind each offered filter, by its place in the chain's conditions;
 *     -1 for one that is checked again in any case
 */
record Offer(Chain chain, ScanRequest request, List<Integer> sources) {

  /** How much a source is asked for. */
  enum Extent {
    /** columns alone, and what a required filter needs */
    COLUMNS,
    /** rows: filters, order and limit too */
    ROWS,
    /** groups of rows too */
    GROUPS
  }

  /** The offer for a chain, as far as its source may be asked. */
  static Offer of(Chain chain, RexToExpression translator, Extent extent, OptionalInt pageSize) {
    boolean pushed = extent != Extent.COLUMNS;
    List<Expression> filters = new ArrayList<>();
    List<Integer> sources = new ArrayList<>();
    List<Column> columns = chain.target().table().schema().columns();
    boolean complete = true;
    for (int i = 0; i < chain.conditions().size(); i++) {
      RexNode condition = chain.conditions().get(i);
      Optional<Expression> whole = translator.translateTop(condition);
      complete &= whole.isPresent();
      Optional<Expression> filter = whole.or(() -> translator.narrowing(condition));
      for (Expression part : filter.map(Offer::parts).orElse(List.of())) {
        if (pushed
            || RequiredFilters.gives(part, columns)
            || RequiredFilters.mentions(part, columns)) {
          filters.add(part);
          sources.add(pushed && whole.isPresent() ? i : -1);
        }
      }
    }
    ScanRequest request =
        ScanRequest.of(names(columns, usedColumns(chain)))
            .withFilters(filters)
            .withPageSize(pageSize);
    if (pushed) {
      request =
          complete
              ? withLimitOrGroups(request, chain, columns, extent)
              : withOrder(request, chain, columns);
    }
    return new Offer(chain, request, List.copyOf(sources));
  }

  /** A range is two filters, so that a source can take one without the other. */
  private static List<Expression> parts(Expression filter) {
    return filter instanceof Expression.Call call && call.function() == Expression.Function.AND
        ? call.arguments()
        : List.of(filter);
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
      ScanRequest request, Chain chain, List<Column> columns, Extent extent) {
    if (chain.aggregate() != null) {
      return extent == Extent.GROUPS
          ? request.withAggregation(
              Grouping.of(chain, chain.aggregate()).map(Grouping::aggregation))
          : request;
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

  /** The conditions that the answer leaves to the engine. */
  List<RexNode> residual(Pushdown answer) {
    Set<Integer> done = new HashSet<>(sources);
    for (int i = 0; i < sources.size(); i++) {
      if (answer.filters().get(i) != Fidelity.EXACT) {
        done.remove(sources.get(i));
      }
    }
    List<RexNode> residual = new ArrayList<>();
    for (int i = 0; i < chain.conditions().size(); i++) {
      if (!done.contains(i)) {
        residual.add(chain.conditions().get(i));
      }
    }
    return residual;
  }
}
