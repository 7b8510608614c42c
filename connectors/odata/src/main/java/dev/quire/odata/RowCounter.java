package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.odata.ODataFaults.Refusable;
import dev.quire.odata.json.CountParser;
import dev.quire.odata.json.PageParser;
import dev.quire.odata.json.ParsedPage;
import dev.quire.odata.json.RowPlan;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RowEstimate;
import dev.quire.spi.RowEstimate.Certainty;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Asks a service how many rows there are. Immutable. */
final class RowCounter {
  private final HttpDoor door;
  private final CallContext context;
  private final ODataSettings settings;
  private final EntityTable table;
  private final ScanRequests requests;

  /** A number of rows; not exact when the service stopped counting there. */
  record Counted(long rows, boolean exact) {}

  RowCounter(HttpDoor door, CallContext context, ODataSettings settings, EntityTable table) {
    this.door = door;
    this.context = context;
    this.settings = settings;
    this.table = table;
    this.requests = new ScanRequests(table, settings);
  }

  private boolean isCapped() {
    return settings.profile().count() == Profile.Count.CAPPED;
  }

  HttpRequest request(ScanRequest scan, Purpose purpose) {
    return isCapped() ? requests.countCapped(scan, purpose) : requests.countPath(scan, purpose);
  }

  /** Counts the rows that the scan's filters let through. */
  Counted count(ScanRequest scan, Purpose purpose) {
    ODataFaults faults = new ODataFaults(settings.profile(), Refusable.COUNT);
    return door.exchange(
        request(scan, purpose), context, faults, isCapped() ? this::capped : RowCounter::plain);
  }

  private static Counted plain(HttpResponse response) throws IOException {
    return new Counted(CountParser.parse(response.body()), true);
  }

  /** The annotation decides; where it is missing, a number at the cap is not trusted. */
  private Counted capped(HttpResponse response) throws IOException {
    String contentType = response.header("Content-Type").orElse("");
    ParsedPage page =
        PageParser.parse(
            response.body(), contentType, table.protocol(), new RowPlan(List.of()), false);
    long rows =
        page.count()
            .orElseThrow(
                () ->
                    new SourceException(
                        ErrorKind.PUSHDOWN_REFUSED, "the service sent no count; counted here"));
    String exceeded = page.annotations().get(ScanRequests.LIMIT_EXCEEDED);
    boolean exact =
        exceeded == null
            ? rows < settings.profile().countCap().orElse(Long.MAX_VALUE)
            : exceeded.equals("false");
    return new Counted(rows, exact);
  }

  /** How many rows an accepted scan will give; empty when the service cannot say. */
  Optional<RowEstimate> estimate(ScanRequest scan) {
    boolean groups = scan.aggregation().filter(each -> !each.groupBy().isEmpty()).isPresent();
    if (groups || !table.capabilities().counts()) {
      return Optional.empty();
    }
    if (scan.aggregation().isPresent() || table.singleton()) {
      return Optional.of(new RowEstimate(1, Certainty.EXACT, "one row"));
    }
    try {
      Counted number = count(scan, Purpose.COUNT);
      String how = isCapped() ? "$count=true" : "$count";
      return Optional.of(
          number.exact()
              ? bounded(scan, new RowEstimate(number.rows(), Certainty.EXACT, how))
              : beyondCap(scan, number.rows()));
    } catch (SourceException e) {
      if (e.kind() == ErrorKind.CANCELLED || e.kind() == ErrorKind.DEADLINE_EXCEEDED) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private RowEstimate beyondCap(ScanRequest scan, long cap) {
    String capped = "the service's count stops there";
    RowEstimate least = bounded(scan, new RowEstimate(cap, Certainty.AT_LEAST, capped));
    if (!scan.filters().isEmpty() || table.restriction().isPresent()) {
      return least;
    }
    try {
      long rows =
          door.exchange(
              requests.countSnapshot(),
              context,
              new ODataFaults(settings.profile(), Refusable.NOTHING),
              response -> CountParser.parseSnapshot(response.body()));
      String how = "RetrieveTotalRecordCount, a snapshot up to 24 h old";
      return bounded(scan, new RowEstimate(rows, Certainty.APPROXIMATE, how));
    } catch (SourceException e) {
      return least;
    }
  }

  private static RowEstimate bounded(ScanRequest scan, RowEstimate all) {
    long rows = Math.max(0, all.rows() - scan.offset());
    if (scan.limit().isPresent() && rows >= scan.limit().getAsLong()) {
      Certainty certainty =
          all.certainty() == Certainty.AT_LEAST ? Certainty.EXACT : all.certainty();
      return new RowEstimate(scan.limit().getAsLong(), certainty, all.how());
    }
    return new RowEstimate(rows, all.certainty(), all.how());
  }
}
