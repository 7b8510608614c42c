package dev.quire.engine.plan;

import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

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

  /**
   * How many scans there are, where it is one, or each is of another table and read once, whole.
   */
  public static OptionalInt scansReadOnce(RelNode root) {
    List<ScanRel> scans = scans(root);
    long tables = scans.stream().map(each -> each.target().place()).distinct().count();
    boolean known = scans.size() == 1 || (tables == scans.size() && readsWholeScans(root));
    return known ? OptionalInt.of(scans.size()) : OptionalInt.empty();
  }

  private static boolean readsWholeScans(RelNode node) {
    boolean chooses =
        node instanceof BindJoinRel
            || node instanceof AdaptiveJoinRel
            || node instanceof Correlate
            || (node instanceof Sort sort && sort.fetch != null);
    return !chooses && node.getInputs().stream().allMatch(Plans::readsWholeScans);
  }

  /**
   * The most rows that the only scan of a plan has to give, where a LIMIT stands above it and
   * nothing in between leaves rows out.
   */
  public static OptionalLong limitOfOnlyScan(RelNode root) {
    RelNode node = root;
    long limit = Long.MAX_VALUE;
    while (node instanceof Project || isBareLimit(node)) {
      if (node instanceof Sort sort && sort.fetch != null) {
        long skipped = sort.offset == null ? 0 : longOf(sort.offset);
        limit = Math.min(limit, skipped + longOf(sort.fetch));
      }
      node = node.getInput(0);
    }
    return node instanceof ScanRel && limit < Long.MAX_VALUE
        ? OptionalLong.of(limit)
        : OptionalLong.empty();
  }

  private static long longOf(RexNode literal) {
    return RexLiteral.numberValue(literal).longValue();
  }

  private static boolean isBareLimit(RelNode node) {
    return node instanceof Sort sort
        && sort.getCollation().getFieldCollations().isEmpty()
        && (sort.fetch == null || sort.fetch instanceof RexLiteral)
        && (sort.offset == null || sort.offset instanceof RexLiteral);
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

  /** Whether the source of a place is asked for groups. */
  public static boolean isGrouped(RelNode root, String place) {
    return scans(root).stream()
        .anyMatch(
            scan ->
                scan.target().place().equals(place) && scan.request().aggregation().isPresent());
  }

  /**
   * Whether rows can come out before all have been read: nothing is sorted, grouped or compared as
   * a whole. A join gives rows as soon as it has read one side, and each of them is right: a row
   * without a match is known to have none.
   */
  public static boolean isStreaming(RelNode node) {
    boolean streams =
        node instanceof ScanRel
            || node instanceof BindJoinRel
            || node instanceof AdaptiveJoinRel
            || node instanceof Join
            || node instanceof Correlate
            || isDistinct(node)
            || node instanceof Project
            || node instanceof Filter
            || node instanceof Values
            || node instanceof SetOp
            || (node instanceof Sort sort && sort.getCollation().getFieldCollations().isEmpty());
    return streams
        && !(node instanceof Project project && project.containsOver())
        && node.getInputs().stream().allMatch(Plans::isStreaming);
  }

  /** Whether every row of a scan will be read: no LIMIT above it may end it early. */
  public static boolean isReadWhole(RelNode root, ScanRel scan) {
    return isReadWhole(root, scan, true);
  }

  private static boolean isReadWhole(RelNode node, ScanRel scan, boolean before) {
    if (node == scan) {
      return before;
    }
    boolean whole = before;
    if (node instanceof Sort sort) {
      whole = !sort.getCollation().getFieldCollations().isEmpty() || (before && sort.fetch == null);
    } else if (node instanceof Aggregate && !isDistinct(node)) {
      whole = true;
    }
    boolean below = whole;
    return node.getInputs().stream().anyMatch(input -> isReadWhole(input, scan, below));
  }

  private static boolean isDistinct(RelNode node) {
    return node instanceof Aggregate aggregate
        && aggregate.getAggCallList().isEmpty()
        && !aggregate.getGroupSet().isEmpty()
        && aggregate.getGroupType() == Aggregate.Group.SIMPLE;
  }
}
