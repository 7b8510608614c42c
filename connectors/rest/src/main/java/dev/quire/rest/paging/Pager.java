package dev.quire.rest.paging;

import dev.quire.rest.json.JsonText.RawJson;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.Place;
import java.util.Optional;

/**
 * One paging style: from a page to the place of the next, and from a place to a request. A place is
 * a text that says everything, so that the same text gives the same page. Immutable and
 * thread-safe.
 */
public interface Pager {

  /** What a service that sends the same page again does not heed. */
  default String heeds() {
    return "where the next page begins";
  }

  /**
   * Puts a place into a request.
   *
   * @param from empty for the first page
   */
  void apply(Optional<String> from, Target target);

  /**
   * The place of the next page; empty if this was the last, which the API's own signal alone tells.
   *
   * @throws dev.quire.spi.SourceException if the page contradicts itself
   */
  Optional<String> next(Seen seen);

  /** Whether a page may be the one before it, since it begins with rows of that. */
  default boolean overlaps() {
    return false;
  }

  /** Whether a row was on an earlier page already, where pages overlap. */
  default boolean isKnown(Seen seen, int row) {
    return false;
  }

  /** A request that takes values and links. */
  interface Target {
    /**
     * @param value a text, number or {@link RawJson}
     */
    void put(Place place, Object value);

    /** Goes to an absolute URL, as it is. */
    void follow(String url);
  }

  /**
   * The pager of a table.
   *
   * @param range the part of it that is read; empty for the whole
   */
  static Pager of(PagingSpec spec, Optional<Range> range) {
    if (spec instanceof PagingSpec.LinkHeader link) {
      return new LinkPager(link);
    }
    if (spec instanceof PagingSpec.NextUrl next) {
      return new UrlPager(next);
    }
    if (spec instanceof PagingSpec.Token token) {
      return new TokenPager(token);
    }
    if (spec instanceof PagingSpec.TokenObject object) {
      return new ObjectPager(object);
    }
    if (spec instanceof PagingSpec.Keyset keyset) {
      return new KeysetPager(keyset);
    }
    if (spec instanceof PagingSpec.Count count) {
      return CountPager.of(count, range);
    }
    return new OnePage();
  }

  /** All rows are on the first page. */
  record OnePage() implements Pager {
    @Override
    public void apply(Optional<String> from, Target target) {}

    @Override
    public Optional<String> next(Seen seen) {
      return Optional.empty();
    }
  }
}
