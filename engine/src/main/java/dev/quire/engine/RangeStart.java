package dev.quire.engine;

import dev.quire.chain.StatementContext;
import dev.quire.engine.pages.PageIndex;
import dev.quire.engine.pages.PageIndexes;
import dev.quire.engine.pages.PageStart;
import dev.quire.engine.plan.SkippedRows;
import dev.quire.engine.rel.ScanRel;
import dev.quire.spi.Split;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;

/** Tells where a scan under an OFFSET begins. Sends nothing. */
record RangeStart(PageIndexes pages, StatementContext statement) {

  /**
   * Where it begins.
   *
   * @param row rows before it
   * @param text {@code row 10,001, where a page began 3 min ago (page index)}, {@code the first
   *     row: …} with the reason
   */
  record Begin(long row, String text) {
    private static Begin first(String why) {
      return new Begin(0, "the first row: " + why);
    }
  }

  /** Empty where no OFFSET is left to the engine. */
  Optional<Begin> of(ScanRel scan, RelNode root, List<Split> splits) {
    return SkippedRows.of(root, scan).map(skipped -> begin(scan, skipped, splits));
  }

  private Begin begin(ScanRel scan, SkippedRows skipped, List<Split> splits) {
    if (skipped.obstacle().isPresent()) {
      return Begin.first(skipped.obstacle().get());
    }
    if (!pages.isOn(scan.target())) {
      return Begin.first("no page index is kept of " + scan.target().place());
    }
    if (splits.size() > 1) {
      return Begin.first("it is read in parts, of which no page index is kept");
    }
    Optional<PageIndex> index = pages.find(scan.target(), splits.get(0), statement);
    if (index.isEmpty()) {
      return Begin.first("no page index is kept of groups and of scans that end at a limit");
    }
    Optional<PageStart> known = index.get().nearest(skipped.rows());
    return known
        .map(start -> new Begin(start.row(), start.text(pages.now())))
        .orElseGet(() -> Begin.first("there is no page index yet; the statement makes one"));
  }
}
