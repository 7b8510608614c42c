package dev.quire.rest.probe;

import dev.quire.rest.paging.Pager;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A first page and how it was asked for, from which styles are tried. One thread at a time.
 *
 * @param first the answer to {@code ask}
 * @param ahead what identifies the rows that are known, in order; those of the first page and
 *     perhaps more
 * @param notes gets what was announced and did not come true
 */
record Scene(
    Server server,
    Ask ask,
    Rows rows,
    Sample first,
    Optional<ColumnGuess.Guess> key,
    List<@Nullable Object> ahead,
    List<String> notes) {
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)\\s*:");

  /**
   * A style that works.
   *
   * @param page2 that it led to
   * @param doubts what is unsure about it
   */
  record Finding(PagingSpec spec, Sample page2, List<String> doubts) {
    Finding(PagingSpec spec, Sample page2) {
      this(spec, page2, List.of());
    }
  }

  /** The scene of the page that a service gives when it is asked for nothing in particular. */
  static Scene of(Server server, Ask ask, Rows rows, Sample first) {
    Optional<ColumnGuess.Guess> key = new ColumnGuess(first.rows(rows)).key();
    Scene scene = new Scene(server, ask, rows, first, key, List.of(), new ArrayList<>());
    return new Scene(server, ask, rows, first, key, scene.ids(first), scene.notes);
  }

  /** The same with smaller pages. */
  Scene small(SizeGuess.Found size) {
    Ask less = ask.with(size.place(), BigDecimal.valueOf(size.few()));
    return new Scene(server, less, rows, size.first(), key, ahead, notes);
  }

  /** What identifies the rows of an answer. */
  List<@Nullable Object> ids(Sample sample) {
    List<@Nullable Object> ids = new ArrayList<>();
    sample.rows(rows).forEach(row -> ids.add(ColumnGuess.identity(key, row)));
    return ids;
  }

  /** The rows of an answer that the first page does not have. */
  List<@Nullable Object> unknown(Sample sample) {
    Set<@Nullable Object> known = new HashSet<>(ids(first));
    List<@Nullable Object> unknown = new ArrayList<>(sample.rows(rows));
    unknown.removeIf(row -> known.contains(ColumnGuess.identity(key, row)));
    return unknown;
  }

  boolean isSame(Sample sample) {
    return ids(sample).equals(ids(first));
  }

  /** Whether it has rows, and none that the first page has. */
  boolean isOther(Sample sample) {
    List<@Nullable Object> ids = ids(sample);
    return !ids.isEmpty() && Collections.disjoint(ids, ids(first));
  }

  /** Whether it begins where the first page ends, as far as that is known. */
  boolean goesOn(Sample sample) {
    int size = first.rows(rows).size();
    return isOther(sample)
        && (ahead.size() <= size || java.util.Objects.equals(ahead.get(size), ids(sample).get(0)));
  }

  /** Whether it begins with a row of the first page. */
  boolean beginsWith(Sample sample, int row) {
    List<@Nullable Object> ids = ids(sample);
    return !ids.isEmpty() && java.util.Objects.equals(ids.get(0), ids(first).get(row));
  }

  /** The style, if its second page shows that it works. */
  Optional<Finding> verified(PagingSpec spec) {
    Pager pager = Pager.of(spec, Optional.empty());
    Optional<String> place = next(spec, first);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Optional<Sample> page2 = followed(spec, ask.at(pager, place.get()));
    if (page2.filter(this::isOther).isPresent()) {
      return Optional.of(new Finding(spec, page2.get()));
    }
    page2.ifPresent(
        page -> note(spec, page.rows(rows).isEmpty() ? "has no rows" : "repeats the first"));
    return Optional.empty();
  }

  private Optional<Sample> followed(PagingSpec spec, Ask next) {
    try {
      Optional<Sample> page = server.tried(next);
      if (page.isEmpty()) {
        note(spec, "is refused");
      }
      return page;
    } catch (SourceException e) {
      if (e.kind() != ErrorKind.FOREIGN_ORIGIN) {
        throw e;
      }
      note(spec, "is at another origin, to which Quire does not go");
      return Optional.empty();
    }
  }

  private void note(PagingSpec spec, String what) {
    notes.add("the answer looks like " + PagingText.of(spec) + ", but the second page " + what);
  }

  /** The place of the page after one; empty also where the style does not suit the answer. */
  Optional<String> next(PagingSpec spec, Sample page) {
    try {
      return page.next(spec, rows);
    } catch (SourceException e) {
      return Optional.empty();
    }
  }

  /** Whether there are more rows after a page, by asking for them. */
  boolean hasMore(PagingSpec spec, Ask asked, Sample page) {
    Pager pager = Pager.of(spec, Optional.empty());
    return next(spec, page)
        .flatMap(place -> server.tried(asked.at(pager, place)))
        .filter(after -> !after.rows(rows).isEmpty())
        .isPresent();
  }

  /** Where a value of one of these names could go, with what the request itself names first. */
  List<Place> places(List<String> names) {
    List<Place> places = new ArrayList<>();
    for (String name : hinted(names)) {
      places.add(
          ask.table().request().method().equals("POST")
              ? new Place(Place.Kind.BODY, bodyPointer(name))
              : Place.parameter(name));
    }
    return places;
  }

  private Set<String> hinted(List<String> names) {
    Set<String> declared = variables();
    if (!declared.isEmpty()) {
      return declared;
    }
    Set<String> all = new LinkedHashSet<>();
    names.stream().filter(this::isGiven).forEach(all::add);
    all.addAll(names);
    return all;
  }

  private boolean isGiven(String name) {
    return ask.table().request().parameters().containsKey(name)
        || ask.table().request().body() instanceof Map<?, ?> body && body.containsKey(name);
  }

  /** Whether the request is GraphQL, whose variables alone may be set. */
  boolean isGraphQl() {
    return ask.table().request().body() instanceof Map<?, ?> body
        && body.get("query") instanceof String text
        && text.contains("{");
  }

  private Set<String> variables() {
    Set<String> names = new LinkedHashSet<>();
    if (isGraphQl() && ask.table().request().body() instanceof Map<?, ?> body) {
      Matcher matcher = VARIABLE.matcher(String.valueOf(body.get("query")));
      while (matcher.find()) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }

  private String bodyPointer(String name) {
    Pointer pointer = Pointer.to(name);
    return (isGraphQl() ? "/variables" : "") + pointer;
  }
}
