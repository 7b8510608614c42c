package dev.quire.rest.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a table's pages follow one another, as data. Immutable. */
public sealed interface PagingSpec {

  /** What of an answer tells the next page's place. */
  default List<Signal> signals() {
    return List.of();
  }

  /** One page is all. */
  record None() implements PagingSpec {}

  /** RFC 8288: {@code Link: <…>; rel="next"}. */
  record LinkHeader(String rel) implements PagingSpec {}

  /** A URL, absolute or relative. */
  record NextUrl(Signal at, Optional<Signal> more) implements PagingSpec {
    @Override
    public List<Signal> signals() {
      return with(List.of(at), more);
    }
  }

  /**
   * Texts that go from the answer into the next request.
   *
   * @param parts one or several; the page is the last when all are absent
   * @param more says whether there is a next page, where the API says so
   * @param repeatEnds whether the same token again is the API's way to say the end
   */
  record Token(List<Part> parts, Optional<Signal> more, boolean repeatEnds) implements PagingSpec {
    public Token {
      parts = List.copyOf(parts);
    }

    @Override
    public List<Signal> signals() {
      return with(parts.stream().map(Part::from).toList(), more);
    }

    /** One token: where it comes from and where it goes. */
    public record Part(Signal from, Place to) {}
  }

  /**
   * An object whose members all go into the next request's parameters (MediaWiki's {@code
   * continue}).
   */
  record TokenObject(Pointer at) implements PagingSpec {
    @Override
    public List<Signal> signals() {
      return List.of(new Signal.InBody(at));
    }
  }

  /**
   * The next page begins after the last row's value.
   *
   * @param inclusive whether it begins with the rows that have that value
   * @param more says whether there is a next page; else a page without rows is the end
   */
  record Keyset(Pointer value, Place to, boolean inclusive, Optional<Signal> more)
      implements PagingSpec {
    @Override
    public List<Signal> signals() {
      return with(List.of(new Signal.InLastRow(value)), more);
    }
  }

  /**
   * The number of rows, or of pages, that went before.
   *
   * @param byPage whether pages are counted instead of rows
   * @param start of the first row or page
   * @param parallel whether ranges may be read side by side where the end is a {@link Total}
   */
  record Count(Place to, boolean byPage, long start, End end, boolean parallel)
      implements PagingSpec {
    @Override
    public List<Signal> signals() {
      if (end instanceof Total total) {
        return List.of(total.at());
      }
      return end instanceof More more ? List.of(more.at()) : List.of();
    }
  }

  /** What tells the last page of a {@link Count}. */
  sealed interface End {}

  /** A page without rows. */
  record EmptyPage() implements End {}

  /** A page with fewer rows than were asked for; only where the API promises so. */
  record ShortPage() implements End {}

  /** The rows, or pages, that the answer says there are in all. */
  record Total(Signal at) implements End {}

  /** A flag in the answer. */
  record More(Signal at) implements End {}

  private static List<Signal> with(List<? extends Signal> signals, Optional<Signal> more) {
    List<Signal> all = new ArrayList<>(signals);
    more.ifPresent(all::add);
    return all;
  }
}
