package dev.quire.engine.plan;

import dev.quire.engine.plan.ScanPlanner.Lookup;
import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.DriverRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Chooses joins that look one side up by the keys of the other: always where the looked-up table
 * answers only for given keys, and where the other side is known to be small. Where nobody knows,
 * the join decides while it runs.
 */
final class BindJoins {
  static final int BATCH = 50;

  /**
   * Look-ups that are worth more than reading a table whole, where the keys are known to be few.
   */
  static final long MOST_LOOKUPS = 10;

  /** Look-ups, side by side, before a table is read whole where nobody knows how many keys. */
  static final int MOST_LOOKUPS_UNKNOWN = 4;

  private final ScanPlanner scans;
  private final UnaryOperator<RelNode> place;

  /**
   * @param place plans an input
   */
  BindJoins(ScanPlanner scans, UnaryOperator<RelNode> place) {
    this.scans = scans;
    this.place = place;
  }

  /**
   * One way to run a join.
   *
   * @param flipped whether the left side is the one that is looked up
   * @param inputKey index in the other side's rows
   * @param column the looked-up table's column
   */
  private record Way(Join join, boolean flipped, Chain chain, int inputKey, int column) {
    RelNode other() {
      return flipped ? join.getRight() : join.getLeft();
    }

    boolean takesValue() {
      return ScanPlanner.takesValue(chain, column);
    }
  }

  /** The join as a bind join, or null where a plain join is better or the only way. */
  @Nullable RelNode bind(Join join) {
    List<Way> ways = new ArrayList<>();
    JoinInfo info = join.analyzeCondition();
    for (int i = 0; i < info.leftKeys.size(); i++) {
      add(ways, join, false, info.leftKeys.get(i), info.rightKeys.get(i));
      add(ways, join, true, info.rightKeys.get(i), info.leftKeys.get(i));
    }
    for (Way way : ways) {
      if (way.takesValue() && !hasValue(way)) {
        Optional<Lookup> lookup = lookup(way);
        RelNode bound =
            lookup.isEmpty() ? null : bound(way, place.apply(way.other()), lookup.get());
        if (bound != null) {
          return bound;
        }
      }
    }
    for (Way way : ways) {
      RelNode bound = ofFewKeys(way);
      if (bound != null) {
        return bound;
      }
    }
    return adaptive(ways);
  }

  private Optional<Lookup> lookup(Way way) {
    return scans.lookup(way.chain(), way.column(), BATCH);
  }

  /** The look-ups of a side that the plan says to be small, by one that is larger. */
  private @Nullable RelNode ofFewKeys(Way way) {
    Optional<RelNode> input = placed(way.other());
    OptionalLong keys = input.isEmpty() ? OptionalLong.empty() : Bounds.most(input.get());
    if (keys.isEmpty() || keys.getAsLong() > MOST_LOOKUPS * BATCH || isSmall(way.chain())) {
      return null;
    }
    return lookup(way)
        .filter(lookup -> keys.getAsLong() <= MOST_LOOKUPS * lookup.keys())
        .map(lookup -> bound(way, input.get(), lookup))
        .orElse(null);
  }

  /** A join that decides while it runs, driven by the side that is more likely to be small. */
  private @Nullable RelNode adaptive(List<Way> ways) {
    List<Way> likelyFirst = new ArrayList<>(ways);
    likelyFirst.sort(Comparator.comparingInt(BindJoins::selectivity).reversed());
    for (Way way : likelyFirst) {
      if (selectivity(way) >= 0 && !way.takesValue()) {
        RelNode chosen = adaptive(way);
        if (chosen != null) {
          return chosen;
        }
      }
    }
    return null;
  }

  /** Whether conditions stand on the side that drives (1), on both or none (0), on the other. */
  private static int selectivity(Way way) {
    boolean driver = Plans.isFiltered(way.other());
    boolean lookup = !way.chain().conditions().isEmpty();
    return driver == lookup ? 0 : driver ? 1 : -1;
  }

  private @Nullable RelNode adaptive(Way way) {
    Join join = way.join();
    Optional<RelNode> input = placed(way.other());
    Optional<RelNode> other = placed(way.chain().top());
    if (input.isEmpty() || other.isEmpty()) {
      return null;
    }
    DriverRel leaf = new DriverRel(join.getCluster(), join.getTraitSet(), input.get().getRowType());
    Optional<Lookup> found = lookup(way);
    RelNode keyed = found.map(each -> bound(way, leaf, each)).orElse(null);
    if (found.isEmpty() || keyed == null) {
      return null;
    }
    List<RelNode> sides = way.flipped() ? List.of(other.get(), leaf) : List.of(leaf, other.get());
    Join whole = join.copy(join.getTraitSet(), sides);
    BindJoinRel lookup = Plans.requireBindJoin(keyed);
    int mostKeys = MOST_LOOKUPS_UNKNOWN * found.get().keys();
    return new AdaptiveJoinRel(
        input.get(), new AdaptiveJoinRel.Ways(leaf, keyed, lookup, whole, mostKeys));
  }

  /** A planned side; empty if it answers only for given keys, so cannot be planned alone. */
  private Optional<RelNode> placed(RelNode node) {
    try {
      return Optional.of(place.apply(node));
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.INVALID_STATEMENT) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private boolean isSmall(Chain chain) {
    OptionalLong most = placed(chain.top()).map(Bounds::most).orElse(OptionalLong.empty());
    return most.isPresent() && most.getAsLong() <= MOST_LOOKUPS * BATCH;
  }

  private void add(List<Way> ways, Join join, boolean flipped, int inputKey, int lookupKey) {
    boolean possible =
        switch (join.getJoinType()) {
          case INNER -> true;
          case LEFT -> !flipped;
          case RIGHT -> flipped;
          case SEMI -> true;
          default -> false;
        };
    Chain chain = possible ? Chain.of(flipped ? join.getLeft() : join.getRight()) : null;
    if (chain == null || chain.aggregate() != null || chain.sort() != null) {
      return;
    }
    boolean columnsOnly = chain.projection().stream().allMatch(RexInputRef.class::isInstance);
    if (!columnsOnly && join.getJoinType() != JoinRelType.INNER) {
      return;
    }
    RelNode other = flipped ? join.getRight() : join.getLeft();
    RelDataType left = other.getRowType().getFieldList().get(inputKey).getType();
    if (chain.projection().get(lookupKey) instanceof RexInputRef ref
        && areComparable(left.getSqlTypeName(), ref.getType().getSqlTypeName())
        && isKeyType(chain, ref.getIndex())) {
      ways.add(new Way(join, flipped, chain, inputKey, ref.getIndex()));
    }
  }

  /**
   * Whether values of one type can be asked for in a column of the other. Lengths and digits do not
   * matter, because the engine compares again; a number that the column cannot hold is not asked
   * for.
   */
  private static boolean areComparable(SqlTypeName one, SqlTypeName other) {
    return one == other
        || (SqlTypeName.EXACT_TYPES.contains(one) && SqlTypeName.EXACT_TYPES.contains(other));
  }

  private static boolean isKeyType(Chain chain, int column) {
    return switch (chain.target().table().schema().columns().get(column).type().kind()) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR, UUID, DATE -> true;
      default -> false;
    };
  }

  /** Whether the statement itself gives the required column a value. */
  private boolean hasValue(Way way) {
    Offer offer =
        Offer.of(
            way.chain(), scans.translator(way.chain()), Offer.Extent.ROWS, OptionalInt.empty());
    return offer.request().filters().stream()
        .anyMatch(
            filter ->
                RequiredFilters.gives(
                    filter,
                    List.of(way.chain().target().table().schema().columns().get(way.column()))));
  }

  private @Nullable RelNode bound(Way way, RelNode input, Lookup lookup) {
    return way.join().getJoinType() == JoinRelType.SEMI && way.flipped()
        ? bySemiKeys(way, input, lookup)
        : joined(way, input, lookup);
  }

  /** The big side of a semi-join, looked up by the distinct keys of the small one. */
  private @Nullable RelNode bySemiKeys(Way way, RelNode input, Lookup lookup) {
    Join join = way.join();
    JoinInfo info = join.analyzeCondition();
    if (!info.isEqui() || info.rightKeys.size() != 1) {
      return null;
    }
    RelNode keys =
        LogicalAggregate.create(
            input, List.of(), ImmutableBitSet.of(way.inputKey()), null, List.of());
    Join inner =
        LogicalJoin.create(
            join.getLeft(),
            keys,
            List.of(),
            join.getCluster()
                .getRexBuilder()
                .makeCall(
                    SqlStdOperatorTable.EQUALS,
                    RexInputRef.of(info.leftKeys.get(0), join.getLeft().getRowType()),
                    new RexInputRef(
                        join.getLeft().getRowType().getFieldCount(),
                        keys.getRowType().getFieldList().get(0).getType())),
            Set.of(),
            JoinRelType.INNER);
    RelNode bound = joined(new Way(inner, true, way.chain(), 0, way.column()), keys, lookup);
    int width = join.getRowType().getFieldCount();
    List<RexNode> kept = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      kept.add(RexInputRef.of(i, bound.getRowType()));
    }
    return LogicalProject.create(
        bound, List.of(), kept, join.getRowType().getFieldNames(), Set.of());
  }

  private RelNode joined(Way way, RelNode input, Lookup lookup) {
    Join join = way.join();
    Chain chain = way.chain();
    ImmutableBitSet used =
        RelOptUtil.InputFinder.bits(chain.projection(), null)
            .union(RelOptUtil.InputFinder.bits(lookup.residual(), null))
            .set(way.column());
    ScanRel scan = ScanPlanner.scan(chain, used, lookup.answer());
    int inputWidth = input.getRowType().getFieldCount();
    List<RexNode> lookedUp = shifted(chain.projection(), used, inputWidth);
    List<RexNode> conditions = new ArrayList<>();
    conditions.add(overBoth(join.getCondition(), way, lookedUp, input));
    conditions.addAll(shifted(lookup.residual(), used, inputWidth));
    JoinRelType type =
        join.getJoinType() == JoinRelType.RIGHT ? JoinRelType.LEFT : join.getJoinType();
    RexBuilder builder = join.getCluster().getRexBuilder();
    String column = chain.target().table().schema().columns().get(way.column()).name();
    RelNode bound =
        new BindJoinRel(
            join.getCluster(),
            join.getTraitSet(),
            rowType(type, input, scan),
            input,
            scan,
            type,
            way.inputKey(),
            column,
            RexUtil.composeConjunction(builder, conditions),
            lookup.keys());
    return type == JoinRelType.SEMI ? bound : restored(way, bound, lookedUp, inputWidth);
  }

  private static RelDataType rowType(JoinRelType type, RelNode input, ScanRel scan) {
    RelDataTypeFactory factory = input.getCluster().getTypeFactory();
    RelDataTypeFactory.Builder row = factory.builder();
    row.addAll(input.getRowType().getFieldList());
    if (type != JoinRelType.SEMI) {
      scan.getRowType()
          .getFieldList()
          .forEach(
              field ->
                  row.add(
                      field.getName(),
                      type == JoinRelType.LEFT
                          ? factory.createTypeWithNullability(field.getType(), true)
                          : field.getType()));
    }
    return row.uniquify().build();
  }

  /** Expressions over a table's columns, over those that a scan reads, behind the input's. */
  private static List<RexNode> shifted(List<RexNode> nodes, ImmutableBitSet used, int by) {
    return new Moved(ref -> new RexInputRef(by + used.indexOf(ref.getIndex()), ref.getType()))
        .apply(nodes);
  }

  /** A join's condition over the input's columns and then the looked-up ones. */
  private static RexNode overBoth(
      RexNode condition, Way way, List<RexNode> lookedUp, RelNode input) {
    int left = way.join().getLeft().getRowType().getFieldCount();
    return condition.accept(
        new Moved(
            ref -> {
              boolean isLeft = ref.getIndex() < left;
              int index = isLeft ? ref.getIndex() : ref.getIndex() - left;
              return isLeft == way.flipped()
                  ? lookedUp.get(index)
                  : RexInputRef.of(index, input.getRowType());
            }));
  }

  /** The join's own columns in its own order. */
  private static RelNode restored(Way way, RelNode bound, List<RexNode> lookedUp, int inputWidth) {
    Join join = way.join();
    List<RexNode> ofInput = new ArrayList<>();
    for (int i = 0; i < inputWidth; i++) {
      ofInput.add(RexInputRef.of(i, bound.getRowType()));
    }
    List<RexNode> ofLookup =
        new Moved(ref -> RexInputRef.of(ref.getIndex(), bound.getRowType())).apply(lookedUp);
    List<RexNode> all = new ArrayList<>(way.flipped() ? ofLookup : ofInput);
    all.addAll(way.flipped() ? ofInput : ofLookup);
    return RexUtil.isIdentity(all, bound.getRowType())
        ? bound
        : LogicalProject.create(bound, List.of(), all, join.getRowType().getFieldNames(), Set.of());
  }

  /** Puts something else in the place of each column of an expression. */
  private static final class Moved extends RexShuttle {
    private final Function<RexInputRef, RexNode> to;

    Moved(Function<RexInputRef, RexNode> to) {
      this.to = to;
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
      return to.apply(ref);
    }
  }
}
