package dev.quire.aws;

import dev.quire.aws.model.OperationModel.RowOrder;
import dev.quire.aws.table.OperationTable;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * Decides what of a scan the service does, the choice of places and the end of ordered rows
 * included. Pure.
 */
final class AwsPlanner {
  private final OperationTable table;
  private final Places places;

  AwsPlanner(OperationTable table, Places places) {
    this.table = table;
    this.places = places;
  }

  Pushdown plan(ScanRequest wanted) {
    Pushdown inner = table.pushDown(withoutPlaces(wanted));
    List<Fidelity> answers = answers(wanted, inner);
    List<Expression> kept = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) != Fidelity.NONE) {
        kept.add(wanted.filters().get(i));
      }
    }
    boolean complete = answers.stream().allMatch(each -> each == Fidelity.EXACT);
    Fidelity limit =
        complete && inner.limit() != Fidelity.NONE ? Fidelity.NARROWING : Fidelity.NONE;
    ScanRequest accepted =
        ScanRequest.of(wanted.columns())
            .withFilters(kept)
            .withPageSize(inner.accepted().pageSize())
            .withLimit(limit == Fidelity.NONE ? OptionalLong.empty() : wanted.limit());
    return new Pushdown(
        wanted,
        accepted,
        answers,
        Fidelity.NONE,
        limit,
        Fidelity.NONE,
        Fidelity.NONE,
        inner.pageSize(),
        notes(inner, kept));
  }

  private ScanRequest withoutPlaces(ScanRequest wanted) {
    return wanted
        .withFilters(wanted.filters().stream().filter(each -> !places.concerns(each)).toList())
        .withColumns(wanted.columns().stream().filter(each -> !places.has(each)).toList());
  }

  private List<Fidelity> answers(ScanRequest wanted, Pushdown inner) {
    Iterator<Fidelity> others = inner.filters().iterator();
    List<Fidelity> answers = new ArrayList<>();
    for (Expression filter : wanted.filters()) {
      if (places.concerns(filter)) {
        answers.add(places.chooses(filter) ? Fidelity.EXACT : Fidelity.NONE);
      } else {
        Fidelity answer = others.next();
        boolean stops = answer == Fidelity.NONE && EarlyStops.bounds(table, filter);
        answers.add(stops ? Fidelity.NARROWING : answer);
      }
    }
    return answers;
  }

  private List<String> notes(Pushdown inner, List<Expression> kept) {
    List<String> notes = new ArrayList<>(inner.notes());
    if (kept.stream().anyMatch(filter -> EarlyStops.bounds(table, filter))) {
      RowOrder order = table.operation().order().orElseThrow();
      notes.add(
          (order.descending() ? "newest first by " : "oldest first by ")
              + order.member()
              + ": reading stops at the page that lies beyond the bound");
    }
    if (places.areSeveral(kept)) {
      notes.add("each region and account has its own chain of pages");
    }
    return notes;
  }
}
