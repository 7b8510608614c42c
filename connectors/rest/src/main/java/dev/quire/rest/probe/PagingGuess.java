package dev.quire.rest.probe;

import dev.quire.rest.spec.Pointer;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds how an API pages, by what its first page says and by trying. One thread at a time. */
final class PagingGuess {
  private static final List<String> TOKENS =
      List.of("cursor", "page_token", "pageToken", "next_token", "nextToken", "after", "token");
  private static final List<String> OFFSETS =
      List.of("offset", "skip", "_start", "start", "startAt", "startIndex", "$skip", "from");
  private static final List<String> PAGES = List.of("page", "_page", "page_number", "pageNumber");
  private static final String TOTALS = "total|totalcount|totalresults|totalsize|totalitems|count";

  private final Address address;
  private final Pointer at;
  private final Sample first;
  private final Function<Address, Optional<Sample>> fetch;

  /**
   * What was found.
   *
   * @param yaml the value of {@code paging}
   * @param parameter that tells the page, if one does
   * @param page2 the rows after the first page; empty if they were not fetched
   * @param doubt what is unsure, for people; may be empty
   */
  record Found(
      String yaml, Optional<String> parameter, List<@Nullable Object> page2, String doubt) {}

  /**
   * @param fetch gives the answer of an address; empty if it is refused
   */
  PagingGuess(
      Address address, Pointer at, Sample first, Function<Address, Optional<Sample>> fetch) {
    this.address = address;
    this.at = at;
    this.first = first;
    this.fetch = fetch;
  }

  Found find() {
    return link()
        .or(this::nextUrl)
        .or(this::token)
        .or(this::offset)
        .or(this::page)
        .orElseGet(
            () ->
                new Found(
                    "{style: none}",
                    Optional.empty(),
                    List.of(),
                    "no paging was found: if the API has more rows than these, say how it pages"));
  }

  private Optional<Found> link() {
    boolean next =
        first.links().stream().anyMatch(link -> link.matches("(?is).*rel *= *\"?next.*"));
    return next
        ? Optional.of(new Found("{style: link_header}", Optional.empty(), List.of(), ""))
        : Optional.empty();
  }

  private Optional<Found> nextUrl() {
    for (Map.Entry<Pointer, Object> each : first.scalars().entrySet()) {
      String value = each.getValue().toString();
      if (name(each.getKey()).contains("next") && value.matches("(https?://|/|\\?).+")) {
        String yaml = "{style: next_url, at: " + Words.quoted(each.getKey().toString()) + "}";
        return Optional.of(new Found(yaml, Optional.empty(), List.of(), ""));
      }
    }
    return Optional.empty();
  }

  private Optional<Found> token() {
    for (Map.Entry<Pointer, Object> each : first.scalars().entrySet()) {
      String value = each.getValue().toString();
      if (value.isEmpty()
          || each.getValue() instanceof Boolean
          || !name(each.getKey()).matches(".*(next|cursor|token|continu).*")) {
        continue;
      }
      List<String> candidates = new ArrayList<>(TOKENS);
      candidates.add(0, each.getKey().steps().get(each.getKey().steps().size() - 1));
      for (String parameter : candidates) {
        List<@Nullable Object> rows = rows(address.with(parameter, value));
        if (isOther(rows)) {
          String yaml =
              "{style: token, from: %s, parameter: %s}"
                  .formatted(Words.quoted(each.getKey().toString()), Words.quoted(parameter));
          return Optional.of(new Found(yaml, Optional.of(parameter), rows, ""));
        }
      }
    }
    return Optional.empty();
  }

  /** An offset of one shows the second row first. */
  private Optional<Found> offset() {
    List<@Nullable Object> rows = first.rows(at);
    if (rows.size() < 2 || rows.get(0).equals(rows.get(1))) {
      return Optional.empty();
    }
    for (String parameter : OFFSETS) {
      for (int start : new int[] {0, 1}) {
        List<@Nullable Object> moved = rows(address.with(parameter, Integer.toString(start + 1)));
        if (!moved.isEmpty() && rows.get(1).equals(moved.get(0))) {
          List<@Nullable Object> page2 =
              rows(address.with(parameter, Integer.toString(start + rows.size())));
          return Optional.of(counted("offset", parameter, start, start == 0 ? 0 : 1, page2));
        }
      }
    }
    return Optional.empty();
  }

  /** The second page is another than the first; where they count from 0, so is page 1. */
  private Optional<Found> page() {
    for (String parameter : PAGES) {
      List<@Nullable Object> one = rows(address.with(parameter, "1"));
      int start = one.equals(first.rows(at)) ? 1 : 0;
      List<@Nullable Object> page2 = start == 1 ? rows(address.with(parameter, "2")) : one;
      if (isOther(page2)) {
        return Optional.of(counted("page", parameter, start, start, page2));
      }
    }
    return Optional.empty();
  }

  private Found counted(
      String style, String parameter, int start, int said, List<@Nullable Object> page2) {
    String total = style.equals("offset") ? total().map(", total: %s"::formatted).orElse("") : "";
    String yaml =
        "{style: %s, parameter: %s, start: %d%s}"
            .formatted(style, Words.quoted(parameter), said, total);
    String doubt = total.isEmpty() ? "reads on to a page without rows: no total was found" : "";
    return new Found(yaml, Optional.of(parameter), page2, doubt);
  }

  /** Where the number of all rows is said, as YAML. */
  Optional<String> total() {
    if (first.count().isPresent()) {
      return Optional.of("{header: X-Total-Count}");
    }
    return first.scalars().entrySet().stream()
        .filter(each -> name(each.getKey()).replace("_", "").matches(TOTALS))
        .filter(
            each ->
                each.getValue() instanceof BigDecimal number
                    && number.compareTo(BigDecimal.valueOf(first.rows(at).size())) > 0)
        .map(each -> Words.quoted(each.getKey().toString()))
        .findFirst();
  }

  private List<@Nullable Object> rows(Address asked) {
    return fetch.apply(asked).map(sample -> sample.rows(at)).orElse(List.of());
  }

  private boolean isOther(List<@Nullable Object> rows) {
    return !rows.isEmpty() && !first.rows(at).contains(rows.get(0));
  }

  private static String name(Pointer pointer) {
    List<String> steps = pointer.steps();
    return steps.isEmpty() ? "" : steps.get(steps.size() - 1).toLowerCase(Locale.ROOT);
  }
}
