package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanRel;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;

/**
 * Rows at the start of a scan that an OFFSET of the engine leaves out. Immutable.
 *
 * @param obstacle why they are not those of the scan one by one; empty if they are
 */
public record SkippedRows(long rows, Optional<String> obstacle) {

  /** Those of a scan of a plan; empty if there is no OFFSET above it that the engine does. */
  public static Optional<SkippedRows> of(RelNode root, ScanRel scan) {
    return root == scan ? Optional.empty() : below(root, scan);
  }

  private static Optional<SkippedRows> below(RelNode node, ScanRel scan) {
    Optional<SkippedRows> here = node instanceof Sort sort ? of(sort, scan) : Optional.empty();
    return here.isPresent()
        ? here
        : node.getInputs().stream().flatMap(input -> below(input, scan).stream()).findFirst();
  }

  private static Optional<SkippedRows> of(Sort sort, ScanRel scan) {
    long rows = PlanText.number(sort.offset).orElse(0);
    Optional<String> obstacle =
        sort.getCollation().getFieldCollations().isEmpty()
            ? Optional.empty()
            : Optional.of("Quire sorts its rows, and needs all of them");
    RelNode node = sort.getInput();
    while (node != scan) {
      if (node instanceof Filter) {
        obstacle = Optional.of("the OFFSET counts the rows that a filter of Quire's own leaves");
      } else if (!(node instanceof Project project) || project.containsOver()) {
        return Optional.empty();
      }
      node = node.getInput(0);
    }
    return rows == 0 ? Optional.empty() : Optional.of(new SkippedRows(rows, obstacle));
  }
}
