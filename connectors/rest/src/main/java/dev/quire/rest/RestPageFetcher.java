package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.rest.json.Answer;
import dev.quire.rest.json.AnswerParser;
import dev.quire.rest.paging.Pager;
import dev.quire.rest.paging.Seen;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Signal;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Continuation;
import dev.quire.spi.Expression;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a table page by page, as its paging says. One thread at a time. */
final class RestPageFetcher implements PageFetcher {
  private final HttpDoor door;
  private final CallContext context;
  private final String root;
  private final TableSpec table;
  private final ScanRequest scan;
  private final OptionalInt pageSize;
  private final Pager pager;
  private final AnswerParser parser;
  private final RestErrors errors;
  private final @Nullable Object[] given;

  /**
   * @param scan one value per condition
   * @param pageSize to ask for; empty to leave it to the service
   */
  RestPageFetcher(
      HttpDoor door,
      CallContext context,
      String root,
      TableSpec table,
      ScanRequest scan,
      OptionalInt pageSize) {
    this.door = door;
    this.context = context;
    this.root = root;
    this.table = table;
    this.scan = scan;
    this.pageSize = pageSize;
    this.pager = Pager.of(table.paging());
    this.errors = new RestErrors(table.errors());
    List<ColumnSpec> columns = scan.columns().stream().map(table::requireColumn).toList();
    this.parser =
        new AnswerParser(table.rows(), columns, ofBody(), ofLastRow(), pager.comparesRows());
    this.given =
        columns.stream()
            .map(
                column -> column.given() ? RestTable.given(scan, column.name()).orElse(null) : null)
            .toArray();
  }

  private Set<Pointer> ofBody() {
    Set<Pointer> pointers = new HashSet<>(errors.pointers());
    List<Signal> signals = new ArrayList<>(pager.signals());
    table.total().ifPresent(signals::add);
    for (Signal signal : signals) {
      if (signal instanceof Signal.InBody body) {
        pointers.add(body.pointer());
      }
    }
    return pointers;
  }

  private Set<Pointer> ofLastRow() {
    Set<Pointer> pointers = new HashSet<>();
    for (Signal signal : pager.signals()) {
      if (signal instanceof Signal.InLastRow row) {
        pointers.add(row.pointer());
      }
    }
    return pointers;
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    Optional<String> place = from.map(Continuation::value);
    return door.exchange(request(place), context, errors, response -> page(response, place));
  }

  private HttpRequest request(Optional<String> place) {
    RequestDraft draft = new RequestDraft(table, root);
    Conditions conditions = new Conditions(table);
    for (Expression filter : scan.filters()) {
      Conditions.Match match = conditions.match(filter).orElseThrow();
      draft.put(match.filter().place(), conditions.text(match));
    }
    if (pageSize.isPresent()) {
      draft.put(table.pageSize().orElseThrow().place(), pageSize.getAsInt());
    }
    pager.apply(place, draft);
    return draft.request(Purpose.DATA);
  }

  private Page page(HttpResponse response, Optional<String> place) throws IOException {
    Answer answer =
        parser.parse(response.body(), response.header("Content-Type").orElse(""), errors::check);
    Seen seen = new Seen(answer, response.url(), response::headers, place, pageSize);
    Optional<Continuation> next = pager.next(seen).map(Continuation::new);
    return new Page(rows(seen), next, total(seen));
  }

  private List<@Nullable Object[]> rows(Seen seen) {
    List<@Nullable Object[]> rows = new ArrayList<>(seen.answer().rows().size());
    for (int i = 0; i < seen.answer().rows().size(); i++) {
      if (!pager.isKnown(seen, i)) {
        @Nullable Object[] row = seen.answer().rows().get(i);
        for (int place = 0; place < given.length; place++) {
          if (given[place] != null) {
            row[place] = given[place];
          }
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private OptionalLong total(Seen seen) {
    return table
        .total()
        .flatMap(seen::find)
        .filter(found -> found.text().matches("\\d{1,18}"))
        .map(found -> OptionalLong.of(Long.parseLong(found.text())))
        .orElse(OptionalLong.empty());
  }

  @Override
  public RequestPreview firstRequest() {
    return door.preview(request(Optional.empty()));
  }
}
