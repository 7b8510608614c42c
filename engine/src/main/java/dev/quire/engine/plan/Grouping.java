package dev.quire.engine.plan;

import dev.quire.engine.rel.SqlTypes;
import dev.quire.spi.Column;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.Measure;
import dev.quire.spi.ScanRequest.MeasureFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate of a plan as its source is asked for it. An average is asked for as a sum and a
 * count, because sources round averages in ways of their own; the quotient is taken here. For one
 * scan, one thread at a time.
 */
final class Grouping {
  private final Chain chain;
  private final Aggregate aggregate;
  private final List<Column> columns;
  private final RexBuilder builder;

  /** The column of each key; the source is asked once for one that comes twice. */
  private final List<String> keys = new ArrayList<>();

  private final Map<Measure, RelDataType> measures = new LinkedHashMap<>();

  /** For each call of the aggregate its measure, or the sum and the count of an average. */
  private final List<List<Measure>> calls = new ArrayList<>();

  private Grouping(Chain chain, Aggregate aggregate) {
    this.chain = chain;
    this.aggregate = aggregate;
    this.columns = chain.target().table().schema().columns();
    this.builder = aggregate.getCluster().getRexBuilder();
  }

  /** The grouping of a chain; empty if no source could be asked for it. */
  static Optional<Grouping> of(Chain chain, Aggregate aggregate) {
    Grouping grouping = new Grouping(chain, aggregate);
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE && grouping.isSaid()
        ? Optional.of(grouping)
        : Optional.empty();
  }

  private boolean isSaid() {
    for (int index : aggregate.getGroupSet()) {
      Column column = column(index);
      if (column == null) {
        return false;
      }
      keys.add(column.name());
    }
    return aggregate.getAggCallList().stream().allMatch(this::add);
  }

  private @Nullable Column column(int index) {
    return chain.projection().get(index) instanceof RexInputRef ref
        ? columns.get(ref.getIndex())
        : null;
  }

  private boolean add(AggregateCall call) {
    boolean plain =
        !call.hasFilter()
            && !call.isApproximate()
            && !call.ignoreNulls()
            && call.getCollation().getFieldCollations().isEmpty()
            && call.getArgList().size() <= 1;
    if (!plain) {
      return false;
    }
    return switch (call.getAggregation().getKind()) {
      case COUNT ->
          call.getArgList().isEmpty()
              ? addCountOfRows(call)
              : add(call, MeasureFunction.COUNT, call.isDistinct());
      case SUM -> add(call, MeasureFunction.SUM, call.isDistinct());
      case MIN -> add(call, MeasureFunction.MIN, false);
      case MAX -> add(call, MeasureFunction.MAX, false);
      case AVG -> addAverage(call);
      default -> false;
    };
  }

  private boolean addCountOfRows(AggregateCall call) {
    Measure measure =
        new Measure(
            MeasureFunction.COUNT_ALL,
            Optional.empty(),
            false,
            SqlTypes.toDataType(call.getType()));
    measures.put(measure, call.getType());
    calls.add(List.of(measure));
    return true;
  }

  private boolean add(AggregateCall call, MeasureFunction function, boolean distinct) {
    Column column = column(call.getArgList().get(0));
    if (column == null) {
      return false;
    }
    calls.add(List.of(measure(function, column, distinct, call.getType())));
    return true;
  }

  private Measure measure(
      MeasureFunction function, Column column, boolean distinct, RelDataType type) {
    Measure measure =
        new Measure(function, Optional.of(column.name()), distinct, SqlTypes.toDataType(type));
    measures.putIfAbsent(measure, type);
    return measure;
  }

  /** Not where the digits of the quotient would depend on those that the source writes. */
  private boolean addAverage(AggregateCall call) {
    Column column = column(call.getArgList().get(0));
    boolean fixed =
        call.getType().getSqlTypeName() == SqlTypeName.DOUBLE
            || (call.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                && !SqlTypes.isUnbounded(call.getType()));
    if (column == null || call.isDistinct() || !fixed) {
      return false;
    }
    RelDataTypeFactory types = builder.getTypeFactory();
    RelDataType argument = SqlTypes.toSql(column.type(), true, types);
    RelDataType sum =
        types.createTypeWithNullability(types.getTypeSystem().deriveSumType(types, argument), true);
    calls.add(
        List.of(
            measure(MeasureFunction.SUM, column, false, sum),
            measure(
                MeasureFunction.COUNT, column, false, types.createSqlType(SqlTypeName.BIGINT))));
    return true;
  }

  private List<String> groups() {
    return keys.stream().distinct().toList();
  }

  Aggregation aggregation() {
    return new Aggregation(groups(), List.copyOf(measures.keySet()));
  }

  /** The type of the rows that the source answers. */
  RelDataType rowType() {
    RelDataTypeFactory.Builder type = builder.getTypeFactory().builder();
    for (String group : groups()) {
      type.add(aggregate.getRowType().getFieldList().get(keys.indexOf(group)));
    }
    int number = 0;
    for (RelDataType measure : measures.values()) {
      type.add("$m" + number++, measure);
    }
    return type.build();
  }

  /** The aggregate's own columns over the rows that the source answers. */
  List<RexNode> results() {
    List<RexNode> results = new ArrayList<>();
    RelDataType rows = rowType();
    List<String> groups = groups();
    for (String key : keys) {
      results.add(RexInputRef.of(groups.indexOf(key), rows));
    }
    List<Measure> order = List.copyOf(measures.keySet());
    for (int i = 0; i < calls.size(); i++) {
      List<RexNode> parts =
          calls.get(i).stream()
              .<RexNode>map(each -> RexInputRef.of(groups.size() + order.indexOf(each), rows))
              .toList();
      RelDataType type = aggregate.getAggCallList().get(i).getType();
      results.add(parts.size() == 1 ? parts.get(0) : quotient(parts, type));
    }
    return results;
  }

  private RexNode quotient(List<RexNode> parts, RelDataType type) {
    RelDataType whole = builder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 0);
    RelDataType counted = type.getSqlTypeName() == SqlTypeName.DOUBLE ? type : whole;
    RelDataType summed =
        type.getSqlTypeName() == SqlTypeName.DOUBLE ? type : parts.get(0).getType();
    return builder.makeCall(
        type,
        SqlStdOperatorTable.DIVIDE,
        List.of(
            builder.makeCast(summed, parts.get(0)),
            builder.makeCast(
                builder.getTypeFactory().createTypeWithNullability(counted, false), parts.get(1))));
  }
}
