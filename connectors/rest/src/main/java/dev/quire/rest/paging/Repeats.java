package dev.quire.rest.paging;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notices a service that sends the same page again under another name. One thread at a time. */
public final class Repeats {
  private final String heeds;
  private final Optional<Range> range;
  private final boolean allowed;
  private @Nullable Optional<String> lastFrom;
  private long lastPrint;

  /**
   * @param range the part of the table that is read; empty for the whole
   * @param allowed whether two pages in a row may be equal
   */
  public Repeats(Pager pager, Optional<Range> range, boolean allowed) {
    this.heeds = pager.heeds();
    this.range = range;
    this.allowed = allowed || pager.overlaps();
  }

  /** The hash of a page: that of all its rows, with all that they have. */
  public static long print(List<Long> rows) {
    long print = rows.size();
    for (long row : rows) {
      print = (print ^ row) * 0x100000001B3L;
    }
    return print;
  }

  /**
   * @throws SourceException LOOP if the page is the one before it, or is the table's first although
   *     it should not be
   */
  public void check(Seen seen) {
    if (allowed || seen.rows() == 0) {
      return;
    }
    long print = print(seen.answer().prints());
    boolean isAgain = lastFrom != null && !lastFrom.equals(seen.from()) && lastPrint == print;
    if (isAgain || isFirstOfTable(print)) {
      throw new SourceException(
              ErrorKind.LOOP,
              isAgain
                  ? "the page is the page before it once more"
                  : "the page is the table's first page once more")
          .withHint(
              "The service does not heed "
                  + heeds
                  + "; correct the spec's paging. If pages may be equal, say 'equal_pages: true'.");
    }
    lastFrom = seen.from();
    lastPrint = print;
  }

  private boolean isFirstOfTable(long print) {
    return range.flatMap(Range::first).filter(first -> first == print).isPresent();
  }
}
