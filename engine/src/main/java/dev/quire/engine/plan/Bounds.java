package dev.quire.engine.plan;

import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.TableSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;

/** How many rows a part of a plan can give at most, where the plan itself says so. */
final class Bounds {
  private Bounds() {}

  /** The most rows, or empty when nothing in the plan bounds them. */
  static OptionalLong most(RelNode node) {
    if (node instanceof ScanRel scan) {
      return ofScan(scan);
    } else if (node instanceof Values values) {
      return OptionalLong.of(values.getTuples().size());
    } else if (node instanceof Sort sort) {
      OptionalLong fetch = PlanText.number(sort.fetch);
      return fetch.isPresent() ? smaller(fetch, most(sort.getInput())) : most(sort.getInput());
    } else if (node instanceof Aggregate aggregate) {
      return aggregate.getGroupSet().isEmpty() ? OptionalLong.of(1) : most(aggregate.getInput());
    } else if (node instanceof Project || node instanceof Filter) {
      return most(node.getInput(0));
    } else if (node instanceof BindJoinRel join) {
      boolean keepsCount =
          join.joinType() == JoinRelType.SEMI
              || join.joinType() == JoinRelType.ANTI
              || isKey(join.lookup(), join.lookupColumn());
      return keepsCount ? most(join.getInput()) : OptionalLong.empty();
    }
    return OptionalLong.empty();
  }

  private static boolean isKey(ScanRel scan, String column) {
    return scan.target().table().schema().key().equals(List.of(column));
  }

  private static OptionalLong smaller(OptionalLong one, OptionalLong other) {
    return OptionalLong.of(Math.min(one.orElse(Long.MAX_VALUE), other.orElse(Long.MAX_VALUE)));
  }

  /** By a limit that the source does exactly, or by equalities on the whole key. */
  private static OptionalLong ofScan(ScanRel scan) {
    if (scan.request().aggregation().isPresent()) {
      boolean oneRow = scan.request().aggregation().get().groupBy().isEmpty();
      return oneRow ? OptionalLong.of(1) : OptionalLong.empty();
    }
    TableSchema schema = scan.target().table().schema();
    Map<String, Long> values = new HashMap<>();
    List<Expression> filters = scan.pushdown().wanted().filters();
    for (int i = 0; i < filters.size(); i++) {
      if (scan.pushdown().filters().get(i) != Fidelity.NONE
          && filters.get(i) instanceof Expression.Call call
          && (call.function() == Function.EQ || call.function() == Function.IN)
          && call.arguments().get(0) instanceof Expression.ColumnRef column) {
        values.merge(column.name(), call.arguments().size() - 1L, Math::min);
      }
    }
    boolean byKey = !schema.key().isEmpty() && values.keySet().containsAll(schema.key());
    return byKey
        ? OptionalLong.of(schema.key().stream().mapToLong(values::get).reduce(1, (a, b) -> a * b))
        : OptionalLong.empty();
  }
}
