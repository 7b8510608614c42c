package dev.quire.engine;

import static java.util.stream.Collectors.joining;

import dev.quire.chain.StatementContext;
import dev.quire.engine.exec.Parallel;
import dev.quire.engine.pages.PageIndexes;
import dev.quire.engine.plan.Plan;
import dev.quire.engine.plan.PlanText;
import dev.quire.engine.plan.Plans;
import dev.quire.engine.rel.AdaptiveJoinRel;
import dev.quire.engine.rel.BindJoinRel;
import dev.quire.engine.rel.ScanRel;
import dev.quire.engine.sys.SysTable;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;

/** Says what a plan will send. May ask each source for one count. One thread at a time. */
final class Explainer {
  private static final int SHOWN_PARTS = 3;

  private final StatementContext statement;
  private final List<BudgetFit.Need> needs = new ArrayList<>();
  private final Parallel parallel;
  private final RangeStart starts;

  Explainer(StatementContext statement, Parallel parallel, PageIndexes pages) {
    this.statement = statement;
    this.parallel = parallel;
    this.starts = new RangeStart(pages, statement);
  }

  Explanation explain(Plan plan) {
    IdentityHashMap<ScanRel, BindJoinRel> lookups = new IdentityHashMap<>();
    IdentityHashMap<ScanRel, AdaptiveJoinRel> undecided = new IdentityHashMap<>();
    collectJoins(plan.root(), lookups, undecided);
    List<Explanation.Scan> scans = new ArrayList<>();
    for (ScanRel scan : Plans.scans(plan.root())) {
      Explanation.Scan said = scan(scan, Optional.ofNullable(lookups.get(scan)), plan.root());
      AdaptiveJoinRel join = undecided.get(scan);
      scans.add(join == null ? said : undecided(said, join.ways()));
    }
    List<String> operators = new ArrayList<>(PlanText.operators(plan.root()));
    plan.notes().forEach(note -> operators.add("note: " + note));
    List<String> sources = needs.stream().map(BudgetFit.Need::source).distinct().toList();
    List<String> budgets =
        statement.budgets(sources).stream().map(new BudgetFit(needs)::line).toList();
    return new Explanation(operators, scans, budgets, statement.costs());
  }

  private static void collectJoins(
      RelNode node,
      IdentityHashMap<ScanRel, BindJoinRel> lookups,
      IdentityHashMap<ScanRel, AdaptiveJoinRel> undecided) {
    if (node instanceof BindJoinRel join) {
      lookups.put(join.lookup(), join);
    } else if (node instanceof AdaptiveJoinRel join) {
      Plans.scans(join.other()).forEach(scan -> undecided.put(scan, join));
    }
    node.getInputs().forEach(input -> collectJoins(input, lookups, undecided));
  }

  private static Explanation.Scan undecided(Explanation.Scan scan, AdaptiveJoinRel.Ways ways) {
    return new Explanation.Scan(
        scan.place(),
        scan.request(),
        scan.pushed(),
        scan.residual(),
        scan.pageSize(),
        scan.expectedCalls(),
        scan.reckoning() + ", if it is read whole",
        Optional.of(
            keys(ways.lookup())
                + ", if no more than "
                + ways.mostKeys()
                + " come; else it is read whole"),
        scan.parts(),
        scan.begins());
  }

  private Explanation.Scan scan(ScanRel scan, Optional<BindJoinRel> lookup, RelNode root) {
    Table table = scan.target().table();
    RequestPreview request =
        table.open(Split.whole(table.schema().name(), scan.request()), statement).firstRequest();
    Pushdown answer = scan.pushdown();
    List<Split> splits = lookup.isPresent() ? List.of() : splits(scan, root);
    Optional<RangeStart.Begin> begin =
        lookup.isPresent() ? Optional.empty() : starts.of(scan, root, splits);
    Reckoning reckoning =
        lookup.isPresent()
            ? Reckoning.unknown("it depends on how many keys there are")
            : reckon(scan, PlanText.mostRowsRead(scan, root), begin);
    if (!(table instanceof SysTable)) {
      needs.add(reckoning.need(scan.target().place()));
    }
    return new Explanation.Scan(
        scan.target().place(),
        request,
        pushed(scan),
        residual(answer, lookup),
        answer.pageSize(),
        reckoning.least() ? OptionalLong.empty() : reckoning.calls(),
        reckoning.how(),
        lookup.map(Explainer::keys),
        parts(scan, splits, root),
        begin.map(RangeStart.Begin::text));
  }

  /** The parts in which a scan will be read; may ask the source for them. */
  private List<Split> splits(ScanRel scan, RelNode root) {
    boolean divides = Plans.isReadWhole(root, scan) && scan.request().isDivisible();
    int wanted = divides ? parallel.parts() : 1;
    return scan.target().table().splits(scan.request(), wanted, statement);
  }

  private Optional<String> parts(ScanRel scan, List<Split> splits, RelNode root) {
    if (splits.size() < 2) {
      return Optional.empty();
    }
    boolean whole = Plans.isReadWhole(root, scan);
    boolean together = whole && scan.request().order().isEmpty();
    int chains = together ? Math.min(parallel.chains(), splits.size()) : 1;
    return Optional.of(
        splits.size()
            + ", "
            + (chains == 1 ? "one after the other" : chains + " at a time")
            + ": "
            + splits.stream().limit(SHOWN_PARTS).map(Split::label).collect(joining("; "))
            + (splits.size() > SHOWN_PARTS ? "; …" : ""));
  }

  private static String keys(BindJoinRel join) {
    String key = join.getInput().getRowType().getFieldNames().get(join.inputKey());
    return join.lookupColumn()
        + " = "
        + key
        + " of the rows so far, "
        + (join.batchSize() == 1 ? "one at a time" : join.batchSize() + " at a time");
  }

  private static List<String> pushed(ScanRel scan) {
    ScanRequest request = scan.request();
    Pushdown answer = scan.pushdown();
    List<String> clauses = new ArrayList<>();
    if (!request.columns().isEmpty()) {
      clauses.add("columns " + String.join(", ", request.columns()));
    }
    for (int i = 0; i < answer.filters().size(); i++) {
      Fidelity fidelity = answer.filters().get(i);
      if (fidelity != Fidelity.NONE) {
        String how = fidelity == Fidelity.EXACT ? " (exact)" : " (narrowing)";
        clauses.add("filter " + PlanText.condition(answer.wanted().filters().get(i)) + how);
      }
    }
    request.aggregation().ifPresent(each -> clauses.add(PlanText.aggregation(each)));
    if (!request.order().isEmpty()) {
      clauses.add("order " + PlanText.order(request.order()));
    }
    if (request.offset() > 0) {
      clauses.add("offset " + request.offset());
    }
    if (request.limit().isPresent()) {
      String how = answer.limit() == Fidelity.EXACT ? " (exact)" : " (a hint)";
      clauses.add("limit " + request.limit().getAsLong() + how);
    }
    return clauses;
  }

  private static List<String> residual(Pushdown answer, Optional<BindJoinRel> lookup) {
    List<String> clauses = new ArrayList<>();
    answer.residualFilters().forEach(each -> clauses.add("filter " + PlanText.condition(each)));
    ScanRequest wanted = answer.wanted();
    if (wanted.aggregation().isPresent() && answer.aggregation() != Fidelity.EXACT) {
      clauses.add(PlanText.aggregation(wanted.aggregation().get()));
    }
    if (!wanted.order().isEmpty() && answer.order() != Fidelity.EXACT) {
      clauses.add("order " + PlanText.order(wanted.order()));
    }
    if (wanted.offset() > 0 && answer.offset() != Fidelity.EXACT) {
      clauses.add("offset " + wanted.offset());
    }
    if (wanted.limit().isPresent() && answer.limit() != Fidelity.EXACT) {
      clauses.add("limit " + wanted.limit().getAsLong());
    }
    lookup.ifPresent(join -> clauses.add("the join's condition"));
    clauses.addAll(answer.notes());
    return clauses;
  }

  /**
   * What a scan will take.
   *
   * @param least whether it is no less than this, and nobody knows how much more
   */
  private record Reckoning(OptionalLong calls, OptionalLong rows, boolean least, String how) {

    static Reckoning unknown(String why) {
      return new Reckoning(OptionalLong.empty(), OptionalLong.empty(), false, why);
    }

    static Reckoning of(long rows, OptionalInt pageSize, boolean least, String what) {
      if (pageSize.isEmpty()) {
        String how = least ? what : what + " in pages of unknown size";
        return new Reckoning(OptionalLong.empty(), OptionalLong.of(rows), least, how);
      }
      int size = pageSize.getAsInt();
      return new Reckoning(
          OptionalLong.of(Math.max(1, (rows + size - 1) / size)),
          OptionalLong.of(rows),
          least,
          least ? what : what + String.format(Locale.ROOT, " in pages of %,d", size));
    }

    BudgetFit.Need need(String place) {
      return new BudgetFit.Need(place.split("\\.", 2)[0], calls, rows, least);
    }
  }

  /** How many calls a scan takes, from its limit or from the source's count. */
  private Reckoning reckon(ScanRel scan, OptionalLong mostRows, Optional<RangeStart.Begin> begin) {
    if (scan.target().table() instanceof SysTable table) {
      return new Reckoning(OptionalLong.of(0), OptionalLong.empty(), false, table.reckoning());
    }
    OptionalInt pageSize = scan.pushdown().pageSize();
    if (scan.request().aggregation().filter(each -> each.groupBy().isEmpty()).isPresent()) {
      return new Reckoning(OptionalLong.of(1), OptionalLong.of(1), false, "one row of aggregates");
    }
    Optional<RowEstimate> estimate =
        isOnePage(mostRows, pageSize)
            ? Optional.empty()
            : scan.target().table().estimateRows(scan.request(), statement);
    if (estimate.isEmpty() && mostRows.isEmpty()) {
      return Reckoning.unknown("the source does not say how many rows it has");
    }
    boolean open =
        estimate.filter(each -> each.certainty() == RowEstimate.Certainty.AT_LEAST).isPresent();
    long rows = open || estimate.isEmpty() ? Long.MAX_VALUE : estimate.get().rows();
    long before = begin.map(RangeStart.Begin::row).orElse(0L);
    String from = before == 0 ? "" : String.format(Locale.ROOT, ", from row %,d", before + 1);
    if (mostRows.isPresent() && mostRows.getAsLong() <= rows) {
      long most = mostRows.getAsLong();
      String what = String.format(Locale.ROOT, "the limit of %,d rows%s", most, from);
      return Reckoning.of(most - before, pageSize, false, what);
    }
    RowEstimate known = estimate.orElseThrow();
    String what =
        String.format(
            Locale.ROOT,
            "%s%,d rows (%s)%s",
            open ? "at least " : "",
            known.rows(),
            known.how(),
            from);
    return Reckoning.of(Math.max(0, known.rows() - before), pageSize, open, what);
  }

  private static boolean isOnePage(OptionalLong mostRows, OptionalInt pageSize) {
    return mostRows.isPresent()
        && pageSize.isPresent()
        && mostRows.getAsLong() <= pageSize.getAsInt();
  }
}
