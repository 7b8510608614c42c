package dev.quire.rest.paging;

import dev.quire.rest.spec.PagingSpec;
import dev.quire.rest.spec.PagingSpec.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Cuts a table whose rows or pages are counted into ranges that are read side by side. */
public final class Ranges {
  private Ranges() {}

  /** Whether a first page can tell where to cut. */
  public static boolean isPossible(PagingSpec paging) {
    return paging instanceof Count count
        && count.parallel()
        && count.end() instanceof PagingSpec.Total;
  }

  /**
   * The ranges, none of which begins inside a page as long as pages stay as long as the first. The
   * last has no end, so that rows that appear meanwhile are read.
   *
   * @param first the first page
   * @param print its hash
   * @param most how many ranges are wanted
   */
  public static List<Range> of(PagingSpec paging, Seen first, long print, int most) {
    Count count = (Count) paging;
    long total = CountPager.total(first, ((PagingSpec.Total) count.end()).at());
    long step = count.byPage() ? 1 : Math.max(1, first.rows());
    long pages = Math.max(1, Math.floorDiv(total + step - 1, step));
    long parts = Math.min(most, pages);
    long each = Math.floorDiv(pages + parts - 1, parts) * step;
    List<Range> ranges = new ArrayList<>();
    for (long from = 0; from < total || from == 0; from += each) {
      boolean isLast = from + each >= total;
      OptionalLong end =
          isLast ? OptionalLong.empty() : OptionalLong.of(count.start() + from + each);
      Optional<Long> known = from == 0 ? Optional.empty() : Optional.of(print);
      ranges.add(new Range(count.start() + from, end, known));
    }
    return ranges;
  }
}
