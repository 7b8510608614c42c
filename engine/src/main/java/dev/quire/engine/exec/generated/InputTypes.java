package dev.quire.engine.exec.generated;

import dev.quire.engine.exec.RowInputRel;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;

/** The row types of a fragment's leaves. */
final class InputTypes {
  private InputTypes() {}

  static List<RelDataType> of(RelNode fragment, int count) {
    RelDataType[] types = new RelDataType[count];
    collect(fragment, types);
    return Arrays.asList(types);
  }

  private static void collect(RelNode node, RelDataType[] types) {
    if (node instanceof RowInputRel leaf) {
      types[leaf.index()] = leaf.getRowType();
    }
    node.getInputs().forEach(input -> collect(input, types));
  }
}
