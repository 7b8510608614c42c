package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.metadata.EntityTable;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code COUNT(*)} as one row with the service's own number: of a count, and where that stops at a
 * cap, of {@code $apply}, which goes further. One thread at a time.
 */
final class CountFetcher implements PageFetcher {
  private final HttpDoor door;
  private final RowCounter counter;
  private final ScanRequest scan;
  private final Optional<GroupFetcher> groups;

  CountFetcher(
      HttpDoor door,
      CallContext context,
      ODataSettings settings,
      EntityTable table,
      ScanRequest scan) {
    this.door = door;
    this.counter = new RowCounter(door, context, settings, table);
    this.scan = scan;
    this.groups =
        settings
            .aggregates(table)
            .map(ways -> new GroupFetcher(door, context, settings, table, scan));
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    RowCounter.Counted number = counter.count(scan, Purpose.DATA);
    if (!number.exact()) {
      return counted(number);
    }
    return new Page(List.<Object[]>of(new Object[] {number.rows()}), Optional.empty());
  }

  private Page counted(RowCounter.Counted number) {
    if (groups.isEmpty()) {
      throw new SourceException(
          ErrorKind.PUSHDOWN_REFUSED,
          String.format(
              Locale.ROOT,
              "the service counts to %,d only; the rows are counted here",
              number.rows()));
    }
    return groups.get().fetch(Optional.empty());
  }

  @Override
  public RequestPreview firstRequest() {
    return door.preview(ScanRequests.shown(counter.request(scan, Purpose.DATA)));
  }
}
