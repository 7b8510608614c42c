package dev.quire.rest.paging;

import dev.quire.rest.json.Found;
import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.PagingSpec.Count;
import dev.quire.rest.spec.Signal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Counts the rows, or the pages, that went before. A place is the count and the fingerprint of the
 * page before, so that a service which ignores the count is noticed.
 */
record CountPager(Count spec) implements Pager {

  @Override
  public Collection<Signal> signals() {
    if (spec.end() instanceof PagingSpec.Total total) {
      return List.of(total.at());
    }
    return spec.end() instanceof PagingSpec.More more ? List.of(more.at()) : List.of();
  }

  @Override
  public boolean comparesRows() {
    return true;
  }

  @Override
  public void apply(Optional<String> from, Target target) {
    target.put(spec.to(), from.map(CountPager::count).orElse(spec.start()));
  }

  private static long count(String place) {
    return Long.parseLong(place.substring(0, place.indexOf('#')));
  }

  @Override
  public Optional<String> next(Seen seen) {
    String print = Integer.toHexString(seen.answer().prints().hashCode());
    long here = seen.from().map(CountPager::count).orElse(spec.start());
    String before = seen.from().map(place -> place.substring(place.indexOf('#') + 1)).orElse("");
    if (seen.rows() > 0 && before.equals(print)) {
      throw new SourceException(
              ErrorKind.LOOP,
              String.format(Locale.ROOT, "the page at %,d is the page before it once more", here))
          .withHint("The service does not heed " + spec.to() + "; correct the spec's paging.");
    }
    long next = here + (spec.byPage() ? 1 : seen.rows());
    return isLast(seen, next) ? Optional.empty() : Optional.of(next + "#" + print);
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

  private long total(Seen seen, Signal at) {
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
