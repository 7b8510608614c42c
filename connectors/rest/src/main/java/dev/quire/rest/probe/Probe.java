package dev.quire.rest.probe;

import dev.quire.http.HttpDoor;
import dev.quire.rest.probe.Draft.Part;
import dev.quire.rest.probe.Scene.Finding;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Asks an API for a few pages of a list and writes the spec that reads it. What is a guess stands
 * in its comments. One thread at a time.
 */
public final class Probe {
  private final Server server;
  private final Desk desk;
  private final Draft draft;

  private Probe(Server server, Desk desk, Draft draft) {
    this.server = server;
    this.desk = desk;
    this.draft = draft;
  }

  /**
   * The spec of a list.
   *
   * @param desk the connector's, with the same door
   * @throws SourceException when the API refuses, or answers without a list
   */
  public static String spec(Target target, HttpDoor door, Desk desk, CallContext call) {
    Server server = new Server(door, desk, call);
    return new Probe(server, desk, target.draft()).run(target.rows());
  }

  private String run(Optional<String> wanted) {
    Ask asked = Ask.of(draft.table());
    Sample first = server.fetch(asked);
    Rows rows = rows(first, wanted);
    Scene usual = Scene.of(server, asked, rows, first);
    SizeGuess sizes = new SizeGuess(usual);
    Optional<SizeGuess.Found> size = sizes.find();
    Optional<Finding> paging = size.flatMap(found -> search(usual.small(found)));
    if (paging.isEmpty()) {
      paging = search(usual);
      size = paging.isPresent() ? Optional.empty() : size;
    }
    PagingSpec spec = paging.<PagingSpec>map(Finding::spec).orElseGet(PagingSpec.None::new);
    paging.ifPresentOrElse(this::put, () -> nothing(usual));
    if (size.isPresent()) {
      put(size.get(), sizes, spec);
    } else {
      draft.remark(Part.PAGE_SIZE, "no parameter for the page size was found");
    }
    Scene told = size.map(usual::small).orElse(usual);
    CountStyles.total(told)
        .filter(at -> !draft.text().contains("total: "))
        .ifPresent(at -> draft.put(Part.TOTAL, "total: " + PagingText.signal(at)));
    List<@Nullable Object> seen = new ArrayList<>(first.rows(rows));
    paging.ifPresent(found -> seen.addAll(usual.unknown(found.page2())));
    columns(seen);
    prove(size.map(SizeGuess.Found::few), seen.size());
    return draft.text();
  }

  private Rows rows(Sample first, Optional<String> wanted) {
    RowsGuess guess = new RowsGuess(first);
    Rows rows = guess.find(wanted);
    List<String> others = guess.others(rows);
    if (wanted.isEmpty() && !others.isEmpty()) {
      draft.remark(Part.ROWS, "there are other lists, at " + String.join(", ", others));
    }
    draft.rows(rows);
    return rows;
  }

  private static Optional<Finding> search(Scene scene) {
    return new LinkStyles(scene).find().or(() -> new CountStyles(scene).find());
  }

  private void put(Finding found) {
    found.doubts().forEach(doubt -> draft.remark(Part.PAGING, doubt));
    draft.put(Part.PAGING, "paging: " + PagingText.of(found.spec()));
    if (found.spec() instanceof PagingSpec.Count count) {
      draft.leaveOut(count.to().name());
    } else if (found.spec() instanceof PagingSpec.Token token) {
      token.parts().forEach(part -> draft.leaveOut(part.to().name()));
    } else if (found.spec() instanceof PagingSpec.Keyset keyset) {
      draft.leaveOut(keyset.to().name());
    }
  }

  private void nothing(Scene scene) {
    scene.notes().forEach(note -> draft.remark(Part.PAGING, note));
    draft.remark(
        Part.PAGING,
        "no paging was found: if the API has more than these "
            + scene.first().rows(scene.rows()).size()
            + " rows, say how it pages");
    draft.put(Part.PAGING, "paging: {style: none}");
  }

  private void put(SizeGuess.Found size, SizeGuess sizes, PagingSpec paging) {
    draft.leaveOut(size.place().name());
    SizeGuess.Bounds bounds;
    try {
      bounds = sizes.bounds(size.place(), paging);
    } catch (SourceException e) {
      if (e.kind() != ErrorKind.BUDGET_EXCEEDED) {
        throw e;
      }
      bounds =
          new SizeGuess.Bounds(
              OptionalInt.empty(),
              OptionalInt.empty(),
              "the calls are used up, so larger pages were not tried");
    }
    if (!bounds.doubt().isEmpty()) {
      draft.remark(Part.PAGE_SIZE, bounds.doubt());
    }
    draft.put(
        Part.PAGE_SIZE,
        "page_size: {"
            + PagingText.place(size.place())
            + number("usual", bounds.usual())
            + number("most", bounds.most())
            + "}");
  }

  private static String number(String name, OptionalInt value) {
    return value.isPresent() ? ", " + name + ": " + value.getAsInt() : "";
  }

  private void columns(List<@Nullable Object> rows) {
    ColumnGuess guess = new ColumnGuess(rows);
    draft.columns(guess.columns());
    guess
        .key()
        .ifPresentOrElse(
            key -> draft.put(Part.KEY, "key: " + Words.quoted(key.name())),
            () -> draft.remark(Part.KEY, "no key was found"));
  }

  /** Reads with the spec that is printed, as a statement would. */
  private void prove(Optional<Integer> few, int seen) {
    Proof proof = new Proof(desk, draft.table());
    String what;
    try {
      what = proof.read(few.map(OptionalInt::of).orElse(OptionalInt.empty()));
    } catch (SourceException e) {
      if (Proof.isOfPaging(e)) {
        draft.unverify(e.problem());
      } else if (!Server.isRefusal(e)
          && e.kind() != ErrorKind.INVALID_VALUE
          && e.kind() != ErrorKind.BUDGET_EXCEEDED) {
        throw e;
      }
      what = "Unsure: reading with it did not succeed: " + e.problem();
    }
    draft.head(
        String.format(
            Locale.ROOT,
            "Found by asking %,d times; the types are those of %,d rows.",
            server.asked(),
            seen));
    draft.head(what);
    draft.head("Compare with the API's documentation.");
  }
}
