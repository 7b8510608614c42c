package dev.quire.engine.plan;

import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.engine.rel.SimpleScan;
import dev.quire.spi.ByteForm;
import dev.quire.spi.ByteFormWriter;
import dev.quire.spi.CallContext;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;

/** Which plans can go on where they stopped, and by what they are known again. */
public final class Resumption {
  private Resumption() {}

  /**
   * Why a statement cannot go on after a row where another run of it has stopped; empty if it can:
   * each of its rows comes of one row of a scan, in the scan's order.
   */
  public static Optional<String> obstacle(RelNode node) {
    Optional<String> own = ownObstacle(node);
    return own.isPresent()
        ? own
        : node.getInputs().stream().map(Resumption::obstacle).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> ownObstacle(RelNode node) {
    boolean isRowWise =
        node instanceof ScanRel
            || node instanceof Filter
            || (node instanceof Project project && !project.containsOver())
            || (node instanceof Union union && union.all)
            || (node instanceof Sort sort && sort.getCollation().getFieldCollations().isEmpty());
    return isRowWise
        ? Optional.empty()
        : Optional.of("it cannot go on in the middle: " + why(node));
  }

  private static String why(RelNode node) {
    if (node instanceof Sort) {
      return "Quire sorts its rows, and needs all of them before the first";
    } else if (node instanceof Aggregate) {
      return "Quire groups its rows, and needs all of them before the first";
    } else if (node instanceof Project) {
      return "a window function looks at more than one row";
    } else if (isJoin(node)) {
      return "it joins tables, and a row comes of more than one";
    } else if (node instanceof SetOp) {
      return "it compares rows with each other (UNION without ALL, INTERSECT, EXCEPT)";
    } else if (node instanceof Values) {
      return "some of its rows come from no table";
    }
    return "a row does not come of one row of a table";
  }

  private static boolean isJoin(RelNode node) {
    return node instanceof Join
        || node instanceof BindJoinRel
        || node instanceof AdaptiveJoinRel
        || node instanceof Correlate;
  }

  /**
   * A text that is the same for the same plan over the same sources, in another process, too. Sends
   * nothing.
   */
  public static String fingerprint(Plan plan, CallContext context) {
    ByteFormWriter out = new ByteFormWriter((byte) 0);
    if (plan.simple().isPresent()) {
      write(plan.simple().get(), context, out);
    } else {
      write(plan.root(), context, out);
    }
    return HexFormat.of().formatHex(sha256(out.finish()), 0, 16);
  }

  private static void write(RelNode node, CallContext context, ByteFormWriter out) {
    out.text(node.getRelTypeName());
    if (node instanceof ScanRel scan) {
      write(scan.target(), scan.request(), context, out);
    } else if (node instanceof Project project) {
      out.text(project.getProjects().toString());
    } else if (node instanceof Filter filter) {
      out.text(filter.getCondition().toString());
    } else if (node instanceof Sort sort) {
      out.text(sort.offset + " " + sort.fetch);
    }
    out.list(node.getInputs(), input -> write(input, context, out));
  }

  private static void write(SimpleScan plan, CallContext context, ByteFormWriter out) {
    write(plan.target(), plan.request(), context, out);
    ScanRequest checked = ScanRequest.of(plan.request().columns()).withFilters(plan.residual());
    out.block(ByteForm.of(Split.whole(plan.target().table().schema().name(), checked)));
    out.text(plan.projection() + " " + plan.offset() + " " + plan.limit());
  }

  private static void write(
      ScanTarget target, ScanRequest request, CallContext context, ByteFormWriter out) {
    var table = target.table();
    Split whole = Split.whole(table.schema().name(), request);
    out.text(target.place());
    out.block(ByteForm.of(whole));
    out.text(table.open(whole, context).firstRequest().url());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
