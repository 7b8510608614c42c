package dev.quire.engine.sys;

import dev.quire.spi.Quota;
import dev.quire.spi.RequestReport;
import dev.quire.spi.TimeSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last requests and statements of an engine, in memory alone: a statement's text may hold what
 * its author would not write to a disk. Bounded in number and in the length of each text.
 * Thread-safe.
 */
public final class Journal {
  static final int MOST_REQUESTS = 10_000;
  static final int MOST_STATEMENTS = 1_000;
  static final int LONGEST_STATEMENT = 4_000;
  private static final int LONGEST_TEXT = 1_000;

  private final TimeSource time;
  private final Deque<Request> requests = new ArrayDeque<>();
  private final Deque<StatementEntry> statements = new ArrayDeque<>();
  private final Map<String, List<Quota>> quotas = new HashMap<>();
  private long requestsSoFar;
  private long statementsSoFar;

  public Journal(TimeSource time) {
    this.time = time;
  }

  /**
   * One attempt at a request.
   *
   * @param statement the id of the statement that needed it; empty for a listing of tables
   */
  record Request(long id, Instant started, Optional<Long> statement, RequestReport report) {}

  /** A statement begins. */
  public synchronized StatementEntry begin(String text) {
    StatementEntry entry =
        new StatementEntry(++statementsSoFar, cut(text, LONGEST_STATEMENT), time);
    add(statements, entry, MOST_STATEMENTS);
    return entry;
  }

  /** Notes an attempt that has just ended. */
  public void note(Optional<StatementEntry> statement, RequestReport report) {
    RequestReport kept = report.withTexts(Journal::shortened);
    Instant started = time.now().minus(report.took()).truncatedTo(ChronoUnit.MILLIS);
    synchronized (this) {
      Optional<Long> id = statement.map(StatementEntry::id);
      if (!kept.quotas().isEmpty()) {
        quotas.put(kept.source(), kept.quotas());
      }
      add(requests, new Request(++requestsSoFar, started, id, kept), MOST_REQUESTS);
    }
  }

  private static <T> void add(Deque<T> kept, T one, int most) {
    if (kept.size() == most) {
      kept.removeFirst();
    }
    kept.addLast(one);
  }

  static String shortened(String text) {
    return cut(text, LONGEST_TEXT);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }

  /** What a source said last of the caller's quotas; null if it has said nothing. */
  synchronized @Nullable String quota(String source) {
    List<Quota> said = quotas.getOrDefault(source, List.of());
    return said.isEmpty() ? null : text(said);
  }

  static String text(List<Quota> quotas) {
    return quotas.stream().map(Quota::text).collect(Collectors.joining(", "));
  }

  /** The requests that are remembered, the oldest first. */
  synchronized List<Request> requests() {
    return new ArrayList<>(requests);
  }

  /** The statements that are remembered, the oldest first. */
  synchronized List<StatementEntry> statements() {
    return new ArrayList<>(statements);
  }
}
