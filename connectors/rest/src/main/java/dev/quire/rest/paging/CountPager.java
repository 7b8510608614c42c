package dev.quire.rest.paging;

import dev.quire.rest.json.Found;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.PagingSpec.Count;
import dev.quire.rest.spec.Signal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Counts the rows, or the pages, that went before.
 *
 * @param range the part that is read; the whole table from its first row if it begins there and has
 *     no end
 */
record CountPager(Count spec, Range range) implements Pager {

  static CountPager of(Count spec, Optional<Range> range) {
    return new CountPager(
        spec, range.orElse(new Range(spec.start(), OptionalLong.empty(), Optional.empty())));
  }

  @Override
  public void apply(Optional<String> from, Target target) {
    target.put(spec.to(), here(from));
  }

  private long here(Optional<String> from) {
    return from.map(Long::parseLong).orElse(range.from());
  }

  /** A row beyond the range is the next range's. */
  @Override
  public boolean isKnown(Seen seen, int row) {
    return !spec.byPage() && range.isBefore(here(seen.from()) + row);
  }

  @Override
  public String heeds() {
    return spec.to().toString();
  }

  @Override
  public Optional<String> next(Seen seen) {
    long next = here(seen.from()) + (spec.byPage() ? 1 : seen.rows());
    return isLast(seen, next) || range.isBefore(next)
        ? Optional.empty()
        : Optional.of(Long.toString(next));
  }

  private boolean isLast(Seen seen, long next) {
    if (spec.end() instanceof PagingSpec.Total total) {
      return isLast(seen, next, total(seen, total.at()));
    }
    if (spec.end() instanceof PagingSpec.More more) {
      boolean says = More.says(more.at(), seen);
      if (says && seen.rows() == 0 && !spec.byPage()) {
        throw fault("the answer says that there is more, but has no rows to go on from");
      }
      return !says;
    }
    boolean isShort =
        spec.end() instanceof PagingSpec.ShortPage
            && seen.pageSize().isPresent()
            && seen.rows() < seen.pageSize().getAsInt();
    return seen.rows() == 0 || isShort;
  }

  private boolean isLast(Seen seen, long next, long total) {
    if (next - spec.start() >= total) {
      return true;
    }
    if (seen.rows() == 0 && !spec.byPage()) {
      throw fault(
          String.format(
              Locale.ROOT,
              "the answer has no rows at %,d although it says that there are %,d",
              next,
              total));
    }
    return false;
  }

  /** How many rows or pages an answer says there are. */
  static long total(Seen seen, Signal at) {
    Found found =
        seen.find(at)
            .orElseThrow(() -> fault("the answer does not say at " + at + " how many there are"));
    try {
      return Long.parseLong(found.text());
    } catch (NumberFormatException e) {
      throw fault("'" + found.text() + "' at " + at + " is no number");
    }
  }

  private static SourceException fault(String problem) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem)
        .withHint("Compare the spec's paging with an answer of the service.");
  }
}
