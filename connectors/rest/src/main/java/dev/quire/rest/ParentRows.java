package dev.quire.rest;

import dev.quire.spi.CallContext;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pages of a parent table in their order, each row's values once. One thread at a time. */
final class ParentRows implements AutoCloseable {
  private final RestTable table;
  private final List<Split> splits;
  private final Function<Page, List<List<Object>>> values;
  private final CallContext context;
  private final String place;
  private final Set<List<Object>> passed = new HashSet<>();
  private final Set<Continuation> continuations = new HashSet<>();
  private @Nullable PageFetcher fetcher;
  private int split;
  private Optional<Continuation> upcoming = Optional.empty();

  /**
   * A page of the parent.
   *
   * @param split the number of its chain
   * @param page its place there; empty for the first
   * @param values of its rows that no page before had
   * @param isLast whether no page follows
   */
  record ParentPage(int split, String page, List<List<Object>> values, boolean isLast) {}

  /**
   * @param values of a page's rows
   * @param place the parent as the user knows it
   */
  ParentRows(
      RestTable table,
      ScanRequest accepted,
      Function<Page, List<List<Object>>> values,
      CallContext context,
      String place) {
    this.table = table;
    this.splits = table.splits(accepted, 1, context);
    this.values = values;
    this.context = context;
    this.place = place;
  }

  /** The next page; empty after the last. */
  Optional<ParentPage> next() {
    if (split >= splits.size()) {
      return Optional.empty();
    }
    int number = split;
    Optional<Continuation> from = upcoming;
    Page page;
    try {
      page = fetch(from);
    } catch (SourceException e) {
      throw e.withPlace(place);
    }
    List<List<Object>> fresh = new ArrayList<>();
    values.apply(page).stream().filter(passed::add).forEach(fresh::add);
    advance(page);
    return Optional.of(
        new ParentPage(
            number, from.map(Continuation::value).orElse(""), fresh, split >= splits.size()));
  }

  private Page fetch(Optional<Continuation> from) {
    PageFetcher current = fetcher;
    if (current == null) {
      current = table.open(splits.get(split), context);
      fetcher = current;
    }
    return current.fetch(from);
  }

  private void advance(Page page) {
    upcoming = page.next();
    if (upcoming.isEmpty()) {
      close();
      continuations.clear();
      split++;
    } else if (!continuations.add(upcoming.get())) {
      throw new SourceException(
              ErrorKind.LOOP,
              "the service sent the continuation " + upcoming.get() + " a second time")
          .withPlace(place);
    }
  }

  @Override
  public void close() {
    PageFetcher current = fetcher;
    fetcher = null;
    if (current != null) {
      current.close();
    }
  }
}
