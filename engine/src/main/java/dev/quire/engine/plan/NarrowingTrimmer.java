package dev.quire.engine.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Trims fields also above filters, so that a column that only a pushed condition names is not read.
 * Public because its methods are found by reflection. One thread at a time.
 */
public final class NarrowingTrimmer extends RelFieldTrimmer {

  NarrowingTrimmer(SqlValidator validator, RelBuilder builder) {
    super(validator, builder);
  }

  @Override
  public TrimResult trimFields(
      Filter filter, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    TrimResult trimmed = super.trimFields(filter, fieldsUsed, extraFields);
    RelNode node = trimmed.left;
    if (!extraFields.isEmpty()
        || fieldsUsed.isEmpty()
        || node.getRowType().getFieldCount() <= fieldsUsed.cardinality()) {
      return trimmed;
    }
    Mapping mapping =
        Mappings.create(
            MappingType.INVERSE_SURJECTION,
            filter.getRowType().getFieldCount(),
            fieldsUsed.cardinality());
    List<RexNode> kept = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int field : fieldsUsed) {
      int index = trimmed.right.getTarget(field);
      mapping.set(field, kept.size());
      kept.add(RexInputRef.of(index, node.getRowType()));
      names.add(node.getRowType().getFieldNames().get(index));
    }
    return result(LogicalProject.create(node, List.of(), kept, names, Set.of()), mapping);
  }
}
