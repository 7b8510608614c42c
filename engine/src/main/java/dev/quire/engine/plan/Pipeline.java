package dev.quire.engine.plan;

import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.rel.ScanTarget;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.TableScan;

/** The fixed sequence of rewrites from a converted statement to a plan. For one statement. */
final class Pipeline {
  private final FrontEnd frontEnd;
  private final PlanOptions options;
  private final List<String> notes;

  Pipeline(FrontEnd frontEnd, PlanOptions options, List<String> notes) {
    this.frontEnd = frontEnd;
    this.options = options;
    this.notes = notes;
  }

  RelNode run(RelRoot root) {
    RelNode rel = frontEnd.trim(root.project());
    return rel.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(TableScan scan) {
            ScanTarget target =
                Objects.requireNonNull(scan.getTable().unwrap(SourceTable.class)).target();
            ScanRequest request = ScanRequest.of(scan.getRowType().getFieldNames());
            return new ScanRel(
                scan.getCluster(),
                scan.getTraitSet(),
                scan.getRowType(),
                target,
                Pushdown.nothing(request),
                request);
          }
        });
  }
}
