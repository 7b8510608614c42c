package dev.quire.rest;

import dev.quire.http.HttpRequest;
import dev.quire.http.HttpResponse;
import dev.quire.http.ResponseReader;
import dev.quire.rest.json.Answer;
import dev.quire.rest.json.AnswerParser;
import dev.quire.rest.json.Wanted;
import dev.quire.rest.paging.Pager;
import dev.quire.rest.paging.Range;
import dev.quire.rest.paging.Repeats;
import dev.quire.rest.paging.Seen;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.SessionSpec;
import dev.quire.rest.spec.Signal;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a table page by page, as its paging says. One thread at a time. */
final class RestPageFetcher implements PageFetcher {
  /** Headers that tell what an answer is, besides those that tell the next page. */
  private static final List<String> HEADERS =
      List.of("Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Link");

  private final Channel channel;
  private final TableSpec table;
  private final ScanRequest scan;
  private final OptionalInt pageSize;
  private final FirstPages firstPages;
  private final Optional<Range> range;
  private final Pager pager;
  private final Repeats repeats;
  private final AnswerParser parser;
  private final RestErrors errors;
  private final Optional<Session> session;
  private final @Nullable Object[] given;

  /**
   * @param split one value per condition
   * @param pageSize to ask for; empty to leave it to the service
   * @param firstPages where the first page may lie already
   */
  RestPageFetcher(
      Channel channel, TableSpec table, Split split, OptionalInt pageSize, FirstPages firstPages) {
    this.channel = channel;
    this.table = table;
    this.scan = split.scan();
    this.pageSize = pageSize;
    this.firstPages = firstPages;
    this.range = Range.of(split.hints());
    this.pager = Pager.of(table.paging(), range);
    this.repeats = new Repeats(pager, range, table.answer().equalPages());
    this.errors = new RestErrors(table.answer().errors());
    this.session = table.session().map(spec -> session(spec));
    List<ColumnSpec> columns = scan.columns().stream().map(table::requireColumn).toList();
    this.parser =
        new AnswerParser(table.answer().format(), table.answer().rows(), columns, wanted());
    this.given =
        columns.stream()
            .map(
                column -> column.given() ? RestTable.given(scan, column.name()).orElse(null) : null)
            .toArray();
  }

  private Session session(SessionSpec spec) {
    Conditions conditions = new Conditions(table);
    return new Session(
        channel,
        spec,
        errors,
        draft -> conditions.put(scan.filters(), draft, place -> place.kind() == Place.Kind.PATH));
  }

  private Wanted wanted() {
    Set<Pointer> ofBody = new HashSet<>(errors.pointers());
    Set<Pointer> ofLastRow = new HashSet<>();
    for (Signal signal : signals()) {
      if (signal instanceof Signal.InBody body) {
        ofBody.add(body.pointer());
      } else if (signal instanceof Signal.InLastRow row) {
        ofLastRow.add(row.pointer());
      }
    }
    boolean prints = !(table.paging() instanceof PagingSpec.None);
    return new Wanted(ofBody, ofLastRow, prints);
  }

  private List<Signal> signals() {
    List<Signal> signals = new ArrayList<>(table.paging().signals());
    table.answer().total().ifPresent(signals::add);
    table.session().flatMap(spec -> spec.renewed()).ifPresent(signals::add);
    return signals;
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    Optional<String> whole = from.map(Continuation::value);
    Optional<KeptAnswer> kept = whole.isEmpty() ? firstPages.take(asked()) : Optional.empty();
    if (kept.isPresent()) {
      return page(reread(kept.get()));
    }
    Optional<String> place = session.map(opened -> opened.begin(whole)).orElse(whole);
    Page page = exchange(place, response -> page(seen(response, place)));
    if (page.next().isEmpty()) {
      close();
    }
    return page;
  }

  private <T> T exchange(Optional<String> place, ResponseReader<T> reader) {
    return channel.door().exchange(request(place), channel.context(), errors, reader);
  }

  private Seen reread(KeptAnswer kept) {
    try {
      return seen(kept, Optional.empty());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /**
   * Asks for the first page and keeps it, so that {@link #fetch} need not ask again.
   *
   * @return what is known of it
   */
  Seen first() {
    Optional<KeptAnswer> kept = firstPages.take(asked());
    if (kept.isPresent()) {
      firstPages.keep(asked(), kept.get());
      return reread(kept.get());
    }
    return exchange(
        Optional.empty(),
        response -> {
          Set<String> names = new LinkedHashSet<>(HEADERS);
          for (Signal signal : signals()) {
            if (signal instanceof Signal.InHeader header) {
              names.add(header.name());
            }
          }
          Optional<KeptAnswer> answer = KeptAnswer.of(response, names);
          if (answer.isEmpty()) {
            throw new SourceException(
                ErrorKind.UNSUPPORTED, "the first page is too long to be looked at beforehand");
          }
          Seen seen = seen(answer.get(), Optional.empty());
          firstPages.keep(asked(), answer.get());
          return seen;
        });
  }

  /** The first request as a text, without the size of its page. */
  private String asked() {
    RequestDraft draft = drafted();
    pager.apply(Optional.empty(), draft);
    HttpRequest request = draft.request(Purpose.DATA);
    String body = request.body().map(bytes -> new String(bytes, StandardCharsets.UTF_8)).orElse("");
    return request.method() + " " + request.url() + " " + request.headers() + " " + body;
  }

  private HttpRequest request(Optional<String> place) {
    RequestDraft draft = drafted();
    if (pageSize.isPresent()) {
      draft.put(table.pageSize().orElseThrow().place(), pageSize.getAsInt());
    }
    session.ifPresent(opened -> opened.apply(draft));
    pager.apply(place, draft);
    return draft.request(Purpose.DATA);
  }

  /** The request with the statement's conditions in it. */
  private RequestDraft drafted() {
    RequestDraft draft = new RequestDraft(table.request(), table.answer().format(), channel.root());
    new Conditions(table).put(scan.filters(), draft, place -> true);
    return draft;
  }

  private Seen seen(HttpResponse response, Optional<String> place) throws IOException {
    if (!table.answer().format().hasFrame()) {
      Framing.requireEnd(response);
    }
    Answer answer =
        parser.parse(response.body(), response.header("Content-Type").orElse(""), errors::check);
    return new Seen(answer, response.url(), response::headers, place, pageSize);
  }

  private Page page(Seen seen) {
    repeats.check(seen);
    Optional<String> place = pager.next(seen);
    Optional<Continuation> next =
        (session.isPresent() ? session.get().next(seen, place) : place).map(Continuation::new);
    return new Page(rows(seen), next, range.isPresent() ? OptionalLong.empty() : total(seen));
  }

  private List<@Nullable Object[]> rows(Seen seen) {
    List<@Nullable Object[]> rows = new ArrayList<>(seen.rows());
    for (int i = 0; i < seen.rows(); i++) {
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
        .answer()
        .total()
        .flatMap(seen::find)
        .filter(found -> found.text().matches("\\d{1,18}"))
        .map(found -> OptionalLong.of(Long.parseLong(found.text())))
        .orElse(OptionalLong.empty());
  }

  @Override
  public RequestPreview firstRequest() {
    return channel.door().preview(request(Optional.empty()));
  }

  /** Closes what was opened for this chain. */
  @Override
  public void close() {
    session.ifPresent(Session::close);
  }
}
