package dev.quire.engine.pages;

import dev.quire.chain.SplitPosition;
import dev.quire.chain.StatementContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the pages of one scan begin, as earlier runs of it saw them, and what this run sees. For
 * one run, which reads one chain. Thread-safe.
 */
public final class PageIndex {
  /** Of a scan with more pages, starts are kept that lie evenly apart. */
  static final int MOST_STARTS = 1_000;

  /** Faults that say nothing of the page that was asked for. */
  private static final Set<ErrorKind> ELSEWHERE =
      EnumSet.of(
          ErrorKind.CANCELLED,
          ErrorKind.BUDGET_EXCEEDED,
          ErrorKind.DEADLINE_EXCEEDED,
          ErrorKind.OUT_OF_MEMORY,
          ErrorKind.UNREACHABLE,
          ErrorKind.TLS,
          ErrorKind.TIMEOUT,
          ErrorKind.THROTTLED);

  private static final int MOST_CHARACTERS = 500_000;
  private static final int LONGEST = 20_000;

  private final PageFile file;
  private final String place;
  private final StatementContext statement;
  private final Duration maxAge;
  private final TimeSource time;
  private final TreeMap<Long, PageStart> seen = new TreeMap<>();
  private @Nullable PageStart begun;
  private long row;
  private long pages;
  private int characters;
  private boolean changed;

  /**
   * @param place the table, for notes
   */
  PageIndex(
      PageFile file, String place, StatementContext statement, Duration maxAge, TimeSource time) {
    this.file = file;
    this.place = place;
    this.statement = statement;
    this.maxAge = maxAge;
    this.time = time;
  }

  /** The last known page that begins at or before a row, counted from 0; never the first page. */
  public Optional<PageStart> nearest(long wanted) {
    Instant now = time.now();
    return stored().stream()
        .filter(start -> start.row() <= wanted && start.isFresh(now, maxAge))
        .reduce((a, b) -> a.row() < b.row() ? b : a);
  }

  private List<PageStart> stored() {
    try {
      return file.read();
    } catch (SourceException e) {
      statement.warn(place + ": the page index cannot be read, and is made anew");
      file.delete();
      return List.of();
    }
  }

  /** This run begins at a known page. */
  public synchronized void begin(PageStart start) {
    begun = start;
    row = start.row();
    pages = start.pages();
  }

  /** That page was read, and is the one that was there. */
  public synchronized void tellUse() {
    PageStart from = begun;
    if (from != null) {
      statement.note(
          String.format(
              Locale.ROOT,
              "%s: began at %s: %,d %s fewer",
              place,
              from.text(time.now()),
              from.pages(),
              from.pages() == 1 ? "page" : "pages"));
    }
  }

  /**
   * That page cannot be read, or is another: all that is known is forgotten, with a warning, and
   * this run begins with the first row.
   *
   * @throws SourceException the fault, where it says nothing of that page
   */
  public synchronized void giveUp(SourceException fault) {
    begun = null;
    row = 0;
    pages = 0;
    if (ELSEWHERE.contains(fault.kind())) {
      throw fault;
    }
    file.delete();
    String why =
        fault.kind() == ErrorKind.OUTDATED
            ? "pages have moved since their starts were kept"
            : "the start of a page that was kept is no longer good (" + fault.problem() + ")";
    statement.warn(place + ": " + why + "; read from the first row");
  }

  /**
   * This run has read a page.
   *
   * @param page where its reader stood before its first row
   * @param rows of it
   */
  public synchronized void read(SplitPosition page, int rows) {
    page.checkpoint()
        .page()
        .filter(start -> page.fingerprint().isPresent() && start.value().length() <= LONGEST)
        .ifPresent(
            start ->
                add(new PageStart(row, pages, start, page.fingerprint().getAsLong(), time.now())));
    row += rows;
    pages++;
  }

  private void add(PageStart start) {
    PageStart from = begun;
    PageStart kept = from == null ? start : start.asOf(from.seen());
    changed |= from == null || start.row() > from.row();
    if (seen.put(kept.row(), kept) == null) {
      characters += kept.page().value().length();
    }
    if (seen.size() > MOST_STARTS || characters > MOST_CHARACTERS) {
      thin(seen);
      characters = seen.values().stream().mapToInt(each -> each.page().value().length()).sum();
    }
  }

  /** Leaves about half of the starts, evenly apart. */
  private static void thin(TreeMap<Long, PageStart> starts) {
    long apart = starts.lastKey() / Math.max(1, starts.size() / 2);
    long last = 0;
    for (var each = starts.keySet().iterator(); each.hasNext(); ) {
      long here = each.next();
      if (here - last < apart) {
        each.remove();
      } else {
        last = here;
      }
    }
  }

  /**
   * Keeps what this run saw for later ones.
   *
   * @param whole whether it read the last page
   */
  public synchronized void keep(boolean whole) {
    if (!changed) {
      return;
    }
    changed = false;
    TreeMap<Long, PageStart> all = new TreeMap<>(seen);
    if (!(whole && begun == null)) {
      older().forEach(all::putIfAbsent);
    }
    if (all.size() > MOST_STARTS) {
      thin(all);
    }
    file.write(all.values());
  }

  /** What earlier runs saw beyond what this one did, unless it saw that pages have moved. */
  private Map<Long, PageStart> older() {
    Map<Long, PageStart> older = new TreeMap<>();
    Instant now = time.now();
    for (PageStart start : stored()) {
      PageStart known = seen.get(start.row());
      if (known != null && known.fingerprint() != start.fingerprint()) {
        return Map.of();
      }
      boolean elsewhere = start.row() >= row || begun != null;
      if (elsewhere && start.isFresh(now, maxAge)) {
        older.put(start.row(), start);
      }
    }
    return older;
  }
}
