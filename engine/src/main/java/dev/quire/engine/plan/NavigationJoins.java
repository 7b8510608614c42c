package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.Table;
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
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Replaces joins along a reference that the API can follow itself by columns that come with the
 * referring rows, so that the other table is not asked at all. Only where it is joined by its whole
 * key and has no conditions: otherwise those may leave so few rows that looking them up is less
 * work. For one statement.
 */
final class NavigationJoins extends RelHomogeneousShuttle {
  private final ScanPlanner scans;
  private final List<String> notes = new ArrayList<>();

  NavigationJoins(ScanPlanner scans) {
    this.scans = scans;
  }

  /** What was replaced, for EXPLAIN. */
  List<String> notes() {
    return notes;
  }

  @Override
  public RelNode visit(RelNode other) {
    RelNode visited = super.visit(other);
    return visited instanceof Join join ? replaced(join).orElse(join) : visited;
  }

  private Optional<RelNode> replaced(Join join) {
    JoinInfo info = join.analyzeCondition();
    JoinRelType type = join.getJoinType();
    if (!info.isEqui() || info.leftKeys.isEmpty()) {
      return Optional.empty();
    }
    Optional<RelNode> leftRefers =
        type == JoinRelType.INNER || type == JoinRelType.LEFT
            ? replaced(join, false, info.leftKeys, info.rightKeys)
            : Optional.empty();
    return leftRefers.isPresent() || (type != JoinRelType.INNER && type != JoinRelType.RIGHT)
        ? leftRefers
        : replaced(join, true, info.rightKeys, info.leftKeys);
  }

  /**
   * @param flipped whether the right side refers to the left
   */
  private Optional<RelNode> replaced(
      Join join, boolean flipped, List<Integer> ownKeys, List<Integer> otherKeys) {
    Chain own = Chain.of(flipped ? join.getRight() : join.getLeft());
    Chain other = Chain.of(flipped ? join.getLeft() : join.getRight());
    if (own == null || other == null || !isPlain(own) || !isPlain(other)) {
      return Optional.empty();
    }
    boolean inner = join.getJoinType() == JoinRelType.INNER;
    boolean columnsOnly = other.projection().stream().allMatch(RexInputRef.class::isInstance);
    if (!other.conditions().isEmpty() || !(inner || columnsOnly)) {
      return Optional.empty();
    }
    Set<List<String>> pairs = new HashSet<>();
    for (int i = 0; i < ownKeys.size(); i++) {
      Optional<String> from = own.column(ownKeys.get(i));
      Optional<String> to = other.column(otherKeys.get(i));
      if (from.isEmpty() || to.isEmpty()) {
        return Optional.empty();
      }
      pairs.add(List.of(from.get(), to.get()));
    }
    return reference(own.target(), other.target(), pairs)
        .flatMap(reference -> new Widening(join, flipped, own, other, reference).apply());
  }

  private boolean isPlain(Chain chain) {
    return chain.aggregate() == null && chain.sort() == null && scans.isPushed(chain.target());
  }

  /** The reference that these pairs of columns follow to a whole key. */
  private static Optional<Reference> reference(
      ScanTarget own, ScanTarget other, Set<List<String>> pairs) {
    TableSchema target = other.table().schema();
    return own.table().schema().references().stream()
        .filter(each -> each.navigation().isPresent() && each.target().equals(target.name()))
        .filter(
            each -> source(own).equals(source(other)) && pairs.equals(CollectionJoins.pairs(each)))
        .filter(each -> Set.copyOf(each.targetColumns()).equals(Set.copyOf(target.key())))
        .findFirst();
  }

  private static String source(ScanTarget target) {
    String table = "." + target.table().schema().name();
    return target.place().substring(0, target.place().length() - table.length());
  }

  /** One replacement. */
  private final class Widening {
    private final Join join;
    private final boolean flipped;
    private final Chain own;
    private final Chain other;
    private final Reference reference;
    private final RexBuilder builder;
    private final boolean inner;

    Widening(Join join, boolean flipped, Chain own, Chain other, Reference reference) {
      this.join = join;
      this.flipped = flipped;
      this.own = own;
      this.other = other;
      this.reference = reference;
      this.builder = join.getCluster().getRexBuilder();
      this.inner = join.getJoinType() == JoinRelType.INNER;
    }

    Optional<RelNode> apply() {
      Optional<Table> wider = widened();
      if (wider.isEmpty()) {
        return Optional.empty();
      }
      List<Column> columns = wider.get().schema().columns();
      RelNode scan = scan(wider.get());
      List<RexNode> conditions = new ArrayList<>(own.conditions());
      if (inner) {
        reference.columns().forEach(column -> conditions.add(notNull(scan, columns, column)));
        reference
            .targetColumns()
            .forEach(column -> conditions.add(notNull(scan, columns, behind(column))));
      }
      RelNode filtered =
          conditions.isEmpty()
              ? scan
              : LogicalFilter.create(scan, RexUtil.composeConjunction(builder, conditions));
      notes.add(
          other.target().place()
              + " comes with "
              + own.target().place()
              + ", along "
              + reference.navigation().orElseThrow()
              + ", without calls of its own");
      return Optional.of(
          LogicalProject.create(
              filtered,
              List.of(),
              projection(scan, columns),
              join.getRowType().getFieldNames(),
              Set.of()));
    }

    private String behind(String column) {
      return reference.navigation().orElseThrow() + "." + column;
    }

    /** The referring table with all that is read of the other; empty if it cannot have it. */
    private Optional<Table> widened() {
      List<String> names = new ArrayList<>();
      List<String> all = other.scan().getRowType().getFieldNames();
      RelOptUtil.InputFinder.bits(other.projection(), null)
          .forEach(index -> names.add(behind(all.get(index))));
      reference.targetColumns().forEach(column -> names.add(behind(column)));
      Table table = own.target().table();
      for (String name : names) {
        Table current = table;
        Optional<Table> next =
            current.schema().findColumn(name).isPresent()
                ? Optional.of(current)
                : current
                    .withColumn(name)
                    .filter(each -> each.schema().findColumn(name).isPresent());
        if (next.isEmpty()) {
          return Optional.empty();
        }
        table = next.get();
      }
      return Optional.of(table);
    }

    private RelNode scan(Table wider) {
      RelDataTypeFactory factory = join.getCluster().getTypeFactory();
      RelDataTypeFactory.Builder row = factory.builder();
      row.addAll(own.scan().getRowType().getFieldList());
      List<Column> columns = wider.schema().columns();
      for (Column column : columns.subList(row.getFieldCount(), columns.size())) {
        row.add(column.name(), SqlTypes.toSql(column.type(), column.nullable(), factory));
      }
      return own.scanOf(wider, row.build());
    }

    private RexNode notNull(RelNode scan, List<Column> columns, String column) {
      return builder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, ref(scan, columns, column));
    }

    private RexInputRef ref(RelNode scan, List<Column> columns, String column) {
      int index = columns.stream().map(Column::name).toList().indexOf(column);
      return RexInputRef.of(index, scan.getRowType());
    }

    /** The join's own columns in its own order, of its own types. */
    private List<RexNode> projection(RelNode scan, List<Column> columns) {
      List<String> names = other.scan().getRowType().getFieldNames();
      RexShuttle moved =
          new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
              RexInputRef there = ref(scan, columns, behind(names.get(ref.getIndex())));
              return inner ? typed(there, ref.getType()) : there;
            }
          };
      List<RexNode> ofOther = other.projection().stream().map(each -> each.accept(moved)).toList();
      List<RexNode> all = new ArrayList<>(flipped ? ofOther : own.projection());
      all.addAll(flipped ? own.projection() : ofOther);
      List<RexNode> typed = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        typed.add(typed(all.get(i), join.getRowType().getFieldList().get(i).getType()));
      }
      return typed;
    }

    private RexNode typed(RexNode node, RelDataType type) {
      return node.getType().equals(type) ? node : builder.makeCast(type, node, true, false);
    }
  }
}
