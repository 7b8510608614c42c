package dev.quire.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.quire.rest.ParentRows.ParentPage;
import dev.quire.rest.json.JsonText;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Page;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a child table for one row of its parent after the other, so that no more of the
 * parent is read than the statement needs. The place of a page is that of the parent's page, the
 * number of the row there and the place below that. One thread at a time.
 */
final class ChildPages implements PageFetcher {
  /** So many requests without a row are made for one page, and no more. */
  private static final int MOST_EMPTY = 100;

  private static final JsonFactory FACTORY = new JsonFactory();

  private final Supplier<ParentRows> start;
  private final Function<List<List<Object>>, List<List<Expression>>> conditions;
  private final Function<List<Expression>, RestPageFetcher> open;
  private final RequestPreview preview;
  private volatile @Nullable ParentRows parents;
  private @Nullable ParentPage parent;
  private List<List<Expression>> chains = List.of();
  private volatile @Nullable RestPageFetcher chain;
  private int chainOf = -1;

  /**
   * @param row of the parent's page
   * @param page below it; empty for the first
   */
  private record Position(int split, String parent, int row, String page) {

    static Position parse(String text) {
      try (JsonParser json = FACTORY.createParser(text)) {
        json.nextToken();
        int split = json.nextIntValue(0);
        String parent = json.nextTextValue();
        return new Position(split, parent, json.nextIntValue(0), json.nextTextValue());
      } catch (IOException e) {
        throw new UncheckedIOException("not a place of a child table: " + text, e);
      }
    }

    boolean isIn(ParentPage page) {
      return page.split() == split && page.page().equals(parent);
    }

    Continuation continuation() {
      return new Continuation(JsonText.of(List.of(split, parent, row, page)));
    }
  }

  /**
   * @param start reads the parent from its first page
   * @param conditions of the child for rows of its parent
   * @param open the child's pages under conditions
   * @param preview of a page's request
   */
  ChildPages(
      Supplier<ParentRows> start,
      Function<List<List<Object>>, List<List<Expression>>> conditions,
      Function<List<Expression>, RestPageFetcher> open,
      RequestPreview preview) {
    this.start = start;
    this.conditions = conditions;
    this.open = open;
    this.preview = preview;
  }

  @Override
  public Page fetch(Optional<Continuation> from) {
    Optional<Position> asked = from.map(Continuation::value).map(Position::parse);
    Optional<ParentPage> current =
        asked.isPresent() ? Optional.of(seek(asked.get())) : nextParent();
    int row = asked.map(Position::row).orElse(0);
    String place = asked.map(Position::page).orElse("");
    for (int empty = 0; current.isPresent(); empty++) {
      if (row >= chains.size()) {
        current = nextParent();
        row = 0;
        continue;
      }
      Page page =
          chain(row)
              .fetch(place.isEmpty() ? Optional.empty() : Optional.of(new Continuation(place)));
      place = page.next().map(Continuation::value).orElse("");
      row += page.next().isPresent() ? 0 : 1;
      if (current.get().isLast() && row >= chains.size()) {
        return new Page(page.rows(), Optional.empty());
      }
      if (!page.rows().isEmpty() || empty >= MOST_EMPTY) {
        Position next = new Position(current.get().split(), current.get().page(), row, place);
        return new Page(page.rows(), Optional.of(next.continuation()));
      }
    }
    return new Page(List.of(), Optional.empty());
  }

  /** The parent's page of a place; a scan that is resumed reads the parent up to it again. */
  private ParentPage seek(Position asked) {
    ParentPage current = parent;
    if (current != null && asked.isIn(current)) {
      return current;
    }
    close();
    for (var page = nextParent(); page.isPresent(); page = nextParent()) {
      if (asked.isIn(page.get())) {
        return page.get();
      }
    }
    throw new SourceException(
        ErrorKind.OUTDATED,
        "the parent's page from which the scan would go on is not there any more");
  }

  private Optional<ParentPage> nextParent() {
    ParentRows rows = parents;
    if (rows == null) {
      rows = start.get();
      parents = rows;
    }
    Optional<ParentPage> next = rows.next();
    parent = next.orElse(null);
    chains = next.map(ParentPage::values).map(conditions).orElse(List.of());
    closeChain();
    return next;
  }

  private RestPageFetcher chain(int row) {
    RestPageFetcher current = chain;
    if (current == null || chainOf != row) {
      closeChain();
      current = open.apply(chains.get(row));
      chain = current;
      chainOf = row;
    }
    return current;
  }

  private void closeChain() {
    RestPageFetcher current = chain;
    chain = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public RequestPreview firstRequest() {
    return preview;
  }

  @Override
  public void close() {
    closeChain();
    ParentRows rows = parents;
    parents = null;
    if (rows != null) {
      rows.close();
    }
  }
}
