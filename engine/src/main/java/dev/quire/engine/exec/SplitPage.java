package dev.quire.engine.exec;

import dev.quire.chain.SplitPosition;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A page of one split of a scan, or the end of the split.
 *
 * @param split the split's number in the scan
 * @param start where the split stands before the first of these rows
 * @param announced the rows that the API says the whole split has, where it says so
 */
record SplitPage(
    int split, SplitPosition start, List<@Nullable Object[]> rows, OptionalLong announced) {

  /** Where the split stands after some of these rows. */
  SplitPosition after(int taken) {
    return taken == 0 ? start : start.after(taken);
  }
}
