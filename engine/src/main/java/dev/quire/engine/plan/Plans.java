package dev.quire.engine.plan;

import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;

/** Questions about plans. */
public final class Plans {
  private Plans() {}

  /** All scans, look-ups of bind joins included, in the order in which they are opened. */
  public static List<ScanRel> scans(RelNode root) {
    List<ScanRel> scans = new ArrayList<>();
    collect(root, scans);
    return scans;
  }

  private static void collect(RelNode node, List<ScanRel> scans) {
    if (node instanceof ScanRel scan) {
      scans.add(scan);
    }
    node.getInputs().forEach(input -> collect(input, scans));
    if (node instanceof BindJoinRel join) {
      scans.add(join.lookup());
    } else if (node instanceof AdaptiveJoinRel join) {
      collect(join.other(), scans);
    }
  }

  /** The only bind join of a plan's part. */
  static BindJoinRel requireBindJoin(RelNode node) {
    return node instanceof BindJoinRel join ? join : requireBindJoin(node.getInput(0));
  }

  /** Whether a condition stands anywhere in a part that is not planned yet. */
  static boolean isFiltered(RelNode node) {
    return node instanceof Filter || node.getInputs().stream().anyMatch(Plans::isFiltered);
  }

  /** The scanned table with which the place of an error begins: {@code crm.accounts, page 1}. */
  public static Optional<String> placeOf(RelNode root, String errorPlace) {
    return scans(root).stream()
        .map(scan -> scan.target().place())
        .filter(place -> errorPlace.equals(place) || errorPlace.startsWith(place + ","))
        .findFirst();
  }

  /**
   * Whether the first rows of the result are right although later ones never come: nothing is
   * sorted, grouped or compared as a whole.
   */
  public static boolean isStreaming(RelNode node) {
    boolean streams =
        node instanceof ScanRel
            || node instanceof BindJoinRel
            || node instanceof Project
            || node instanceof Filter
            || node instanceof Values
            || (node instanceof Union union && union.all)
            || (node instanceof Sort sort && sort.getCollation().getFieldCollations().isEmpty());
    return streams && node.getInputs().stream().allMatch(Plans::isStreaming);
  }
}
