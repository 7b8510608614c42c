package dev.quire.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.quire.http.HttpResponse;
import dev.quire.rest.json.Answer;
import dev.quire.rest.json.AnswerParser;
import dev.quire.rest.json.JsonText;
import dev.quire.rest.json.Wanted;
import dev.quire.rest.paging.Seen;
import dev.quire.rest.spec.Format;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.rest.spec.SessionSpec;
import dev.quire.rest.spec.Signal;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an API wants opened before the first page, for one chain. The place of a page holds its
 * name, so that a chain goes on where it was. One thread at a time; {@link #close} may come from
 * another.
 */
final class Session {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Channel channel;
  private final SessionSpec spec;
  private final RestErrors errors;
  private final Consumer<RequestDraft> path;
  private volatile @Nullable String id;

  /**
   * @param path puts the values of the path into a request
   */
  Session(Channel channel, SessionSpec spec, RestErrors errors, Consumer<RequestDraft> path) {
    this.channel = channel;
    this.spec = spec;
    this.errors = errors;
    this.path = path;
  }

  /**
   * Opens the session, or takes the one of a place.
   *
   * @param whole the place as {@link #next} gave it; empty for the first page
   * @return the place inside the session
   */
  Optional<String> begin(Optional<String> whole) {
    if (whole.isPresent()) {
      List<String> parts = parsed(whole.get());
      id = parts.get(0);
      return Optional.of(parts.get(1));
    }
    if (id == null) {
      id = open();
    }
    return Optional.empty();
  }

  private static List<String> parsed(String place) {
    try (JsonParser json = FACTORY.createParser(place)) {
      json.nextToken();
      return List.of(json.nextTextValue(), json.nextTextValue());
    } catch (IOException e) {
      throw new UncheckedIOException("not a place of a session: " + place, e);
    }
  }

  private String open() {
    RequestDraft draft = new RequestDraft(spec.open(), Format.JSON, channel.root());
    path.accept(draft);
    return channel
        .door()
        .exchange(draft.request(Purpose.METADATA), channel.context(), errors, this::opened);
  }

  private String opened(HttpResponse response) throws IOException {
    Set<Pointer> pointers = new HashSet<>(errors.pointers());
    if (spec.id() instanceof Signal.InBody body) {
      pointers.add(body.pointer());
    }
    Rows none = new Rows(Pointer.to("@none"), Rows.Shape.LIST, true);
    AnswerParser parser =
        new AnswerParser(Format.JSON, none, List.of(), new Wanted(pointers, Set.of(), false));
    Answer answer =
        parser.parse(response.body(), response.header("Content-Type").orElse(""), errors::check);
    return new Seen(
            answer, response.url(), response::headers, Optional.empty(), OptionalInt.empty())
        .find(spec.id())
        .orElseThrow(
            () ->
                new SourceException(
                        ErrorKind.MALFORMED_RESPONSE,
                        "what was opened before the first page has no name at " + spec.id())
                    .withHint("Compare the spec's 'session' with an answer of the service."))
        .text();
  }

  /** Puts the session's name into the request of a page. */
  void apply(RequestDraft draft) {
    String known = id;
    draft.put(spec.to(), known == null ? "…" : known);
  }

  /** The place after a page, with the name that counts from now on; empty after the last. */
  Optional<String> next(Seen seen, Optional<String> place) {
    String known = id;
    String newest =
        spec.renewed()
            .flatMap(seen::find)
            .map(found -> found.text())
            .orElse(known == null ? "" : known);
    id = newest;
    return place.map(inner -> JsonText.of(List.of(newest, inner)));
  }

  /** Closes it, as well as that goes: it passes by itself in the end. May be repeated. */
  void close() {
    String known = id;
    id = null;
    if (known == null || spec.close().isEmpty()) {
      return;
    }
    SessionSpec.Close close = spec.close().get();
    RequestDraft draft = new RequestDraft(close.request(), Format.JSON, channel.root());
    path.accept(draft);
    draft.put(close.id(), known);
    try {
      channel
          .door()
          .exchange(
              draft.request(Purpose.METADATA),
              new LastCalls(channel.context(), channel.time()),
              errors,
              response -> response.status());
    } catch (SourceException e) {
      channel.context().warn("what was opened for the pages could not be closed: " + e.problem());
    }
  }
}
