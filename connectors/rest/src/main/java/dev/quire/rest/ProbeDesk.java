package dev.quire.rest;

import dev.quire.http.HttpRequest;
import dev.quire.rest.paging.Pager;
import dev.quire.rest.probe.Desk;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Continuation;
import dev.quire.spi.Page;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/** Asks and reads as sources do. */
record ProbeDesk(Channel channel) implements Desk {

  @Override
  public HttpRequest request(TableSpec table, Consumer<Pager.Target> steering) {
    RequestDraft draft = new RequestDraft(table.request(), table.answer().format(), channel.root());
    steering.accept(draft);
    return draft.request(Purpose.DATA);
  }

  @Override
  public List<Page> read(TableSpec table, OptionalInt pageSize, int most) {
    ScanRequest scan = ScanRequest.of(table.columns().stream().map(ColumnSpec::name).toList());
    Split whole = Split.whole(table.name(), scan);
    List<Page> pages = new ArrayList<>();
    try (RestPageFetcher fetcher =
        new RestPageFetcher(channel, table, whole, pageSize, new FirstPages(channel.time()))) {
      Optional<Continuation> next = Optional.empty();
      do {
        Page page = fetcher.fetch(next);
        pages.add(page);
        next = page.next();
      } while (next.isPresent() && pages.size() < most);
    }
    return pages;
  }
}
