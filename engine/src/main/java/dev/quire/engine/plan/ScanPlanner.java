package dev.quire.engine.plan;

import dev.quire.engine.plan.Offer.Extent;
import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.Column;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Negotiates one scan with its source: everything that could be pushed is offered in one question,
 * and what the answer does not do exactly stays above the scan. For one statement.
 */
final class ScanPlanner {
  private final PlanOptions options;
  private final ConstantFolder constants;

  ScanPlanner(PlanOptions options, ConstantFolder constants) {
    this.options = options;
    this.constants = constants;
  }

  /** The chain as a scan with what the source accepted, and the residual above it. */
  RelNode plan(Chain written) {
    Chain chain = written.withConditions(unknownOnly(written.conditions())).withoutUnread();
    if (written.conditions().stream().anyMatch(this::isNever)) {
      return empty(written);
    }
    Offer offer = offer(chain);
    Pushdown answer = chain.target().table().pushDown(offer.request());
    RequiredFilters.check(chain.target(), answer);
    RequiredFilters.checkParameters(chain.target(), answer, offer.residual(answer));
    if (answer.pushedAggregation().isPresent() && chain.aggregate() != null) {
      return aggregated(chain, chain.aggregate(), answer);
    }
    RelNode rel = scanned(chain, offer.residual(answer), answer);
    if (chain.aggregate() != null) {
      return chain.aggregate().copy(chain.aggregate().getTraitSet(), List.of(rel));
    }
    return chain.sort() == null ? rel : sorted(chain.sort(), rel, answer);
  }

  /** Conditions without those that are always true. */
  private List<RexNode> unknownOnly(List<RexNode> conditions) {
    return conditions.stream()
        .filter(
            each ->
                constants.fold(each).filter(known -> Boolean.TRUE.equals(known.value())).isEmpty())
        .toList();
  }

  private boolean isNever(RexNode condition) {
    return constants
        .fold(condition)
        .filter(known -> !Boolean.TRUE.equals(known.value()))
        .isPresent();
  }

  /** What a chain gives when no row can pass: nothing is asked. */
  private static RelNode empty(Chain chain) {
    RelNode none =
        LogicalValues.createEmpty(chain.top().getCluster(), chain.projected().getRowType());
    return chain.aggregate() == null
        ? none
        : chain.aggregate().copy(chain.aggregate().getTraitSet(), List.of(none));
  }

  RexToExpression translator(Chain chain) {
    return new RexToExpression(
        chain.target().table().schema().columns(),
        constants,
        chain.top().getCluster().getRexBuilder());
  }

  private Offer offer(Chain chain) {
    return Offer.of(chain, translator(chain), extent(chain.target()), options.pageSize());
  }

  /** Whether more may be asked of a table than columns. */
  boolean isPushed(ScanTarget target) {
    return extent(target) != Extent.COLUMNS;
  }

  private Extent extent(ScanTarget target) {
    return options.pushdown() ? options.refused().extent(target.place()) : Extent.COLUMNS;
  }

  private static RelNode aggregated(Chain chain, Aggregate aggregate, Pushdown answer) {
    Grouping grouping = Grouping.of(chain, aggregate).orElseThrow();
    boolean whole = RexUtil.isIdentity(grouping.results(), grouping.rowType());
    ScanRel scan =
        new ScanRel(
            aggregate.getCluster(),
            aggregate.getTraitSet(),
            whole ? aggregate.getRowType() : grouping.rowType(),
            chain.target(),
            answer,
            answer.accepted());
    return whole
        ? scan
        : LogicalProject.create(
            scan, List.of(), grouping.results(), aggregate.getRowType().getFieldNames(), Set.of());
  }

  private static RelNode scanned(Chain chain, List<RexNode> residual, Pushdown answer) {
    ImmutableBitSet used = usedColumns(chain, residual);
    ScanRel scan = scan(chain, used, answer);
    Mappings.TargetMapping mapping =
        Mappings.target(
            used::indexOf, chain.scan().getRowType().getFieldCount(), used.cardinality());
    RelNode rel = scan;
    if (!residual.isEmpty()) {
      RexNode condition =
          RexUtil.composeConjunction(chain.top().getCluster().getRexBuilder(), residual);
      rel = LogicalFilter.create(rel, RexUtil.apply(mapping, condition));
    }
    List<RexNode> projection = RexUtil.apply(mapping, chain.projection());
    return projection.isEmpty() || RexUtil.isIdentity(projection, rel.getRowType())
        ? rel
        : LogicalProject.create(
            rel, List.of(), projection, chain.projected().getRowType().getFieldNames(), Set.of());
  }

  /** The columns that the residual and the projection read; at least one, so that rows count. */
  private static ImmutableBitSet usedColumns(Chain chain, List<RexNode> residual) {
    ImmutableBitSet used =
        RelOptUtil.InputFinder.bits(chain.projection(), null)
            .union(RelOptUtil.InputFinder.bits(residual, null));
    return used.isEmpty() ? ImmutableBitSet.of(smallest(chain.target())) : used;
  }

  static int smallest(ScanTarget target) {
    TableSchema schema = target.table().schema();
    List<String> names = schema.columns().stream().map(Column::name).toList();
    return schema.key().isEmpty() ? 0 : Math.max(0, names.indexOf(schema.key().get(0)));
  }

  /** A scan of some of a table's columns. */
  static ScanRel scan(Chain chain, ImmutableBitSet used, Pushdown answer) {
    RelOptCluster cluster = chain.top().getCluster();
    RelDataTypeFactory.Builder type = cluster.getTypeFactory().builder();
    used.forEach(index -> type.add(chain.scan().getRowType().getFieldList().get(index)));
    List<String> columns =
        used.asList().stream()
            .map(index -> chain.scan().getRowType().getFieldNames().get(index))
            .toList();
    return new ScanRel(
        cluster,
        chain.scan().getTraitSet(),
        type.build(),
        chain.target(),
        answer,
        answer.accepted().withColumns(columns));
  }

  /** Sorting, skipping and limiting as far as the source does not; the limit always stays. */
  private static RelNode sorted(Sort sort, RelNode input, Pushdown answer) {
    boolean ordered = answer.order() == Fidelity.EXACT && !answer.wanted().order().isEmpty();
    boolean skipped = answer.offset() == Fidelity.EXACT && answer.wanted().offset() > 0;
    var collation = ordered ? RelCollations.EMPTY : sort.getCollation();
    RexNode offset = skipped ? null : sort.offset;
    boolean nothing =
        collation.getFieldCollations().isEmpty() && offset == null && sort.fetch == null;
    return nothing ? input : LogicalSort.create(input, collation, offset, sort.fetch);
  }

  /**
   * The scan of a table for look-ups by one of its columns: as many keys per scan as the source
   * takes when their number is halved until it does, and its answer without the key's filter. Empty
   * if it takes none.
   */
  Optional<Lookup> lookup(Chain chain, int column, int mostKeys) {
    if (!options.pushdown() && !takesValue(chain, column)) {
      return Optional.empty();
    }
    Column key = chain.target().table().schema().columns().get(column);
    Offer offer = offer(chain);
    ScanRequest wanted =
        offer
            .request()
            .withOrder(List.of())
            .withLimit(OptionalLong.empty())
            .withOffset(0)
            .withAggregation(Optional.empty());
    for (int keys = mostKeys; keys >= 1; keys /= 2) {
      Expression filter = placeholders(key, keys);
      List<Expression> all = new ArrayList<>(wanted.filters());
      all.add(filter);
      Pushdown answer = chain.target().table().pushDown(wanted.withFilters(all));
      if (answer.filters().get(all.size() - 1) != Fidelity.NONE) {
        RequiredFilters.check(chain.target(), answer);
        return Optional.of(new Lookup(withoutKey(answer, filter), offer.residual(answer), keys));
      }
    }
    return Optional.empty();
  }

  /**
   * How a table is looked up.
   *
   * @param answer its accepted scan has no filter for the key
   * @param residual conditions that the engine re-checks, over the table's columns
   */
  record Lookup(Pushdown answer, List<RexNode> residual, int keys) {}

  static boolean takesValue(Chain chain, int column) {
    return RequiredFilters.takesValue(chain.target().table().schema().columns().get(column));
  }

  private static Expression placeholders(Column key, int keys) {
    Expression column = new Expression.ColumnRef(key.name(), key.type());
    List<Expression> arguments = new ArrayList<>();
    arguments.add(column);
    for (int i = 0; i < keys; i++) {
      arguments.add(new Expression.Placeholder(key.type()));
    }
    return new Expression.Call(
        keys == 1 ? Expression.Function.EQ : Expression.Function.IN, arguments);
  }

  private static Pushdown withoutKey(Pushdown answer, Expression filter) {
    int last = answer.filters().size() - 1;
    ScanRequest wanted = answer.wanted().withFilters(answer.wanted().filters().subList(0, last));
    List<Expression> accepted = new ArrayList<>(answer.accepted().filters());
    accepted.remove(filter);
    return new Pushdown(
        wanted,
        answer.accepted().withFilters(accepted),
        answer.filters().subList(0, last),
        answer.order(),
        answer.limit(),
        answer.offset(),
        answer.aggregation(),
        answer.pageSize(),
        answer.notes());
  }
}
