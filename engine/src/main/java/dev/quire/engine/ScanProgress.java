package dev.quire.engine;

import dev.quire.engine.exec.ProgressListener;
import dev.quire.engine.plan.Plan;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Split;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Adds up what the scans of a statement have read. How many rows there will be is known where each
 * scan is read once and in one part, from its limit or from what the API announces. Thread-safe.
 */
final class ScanProgress implements ProgressListener {
  private final Map<String, OptionalLong> inAll = new HashMap<>();
  private final Map<String, Long> leftOut = new HashMap<>();
  private int scans;
  private OptionalLong limit = OptionalLong.empty();
  private OptionalLong announced = OptionalLong.empty();
  private long rowsRead;

  /** Starts over with this plan. */
  synchronized void start(Plan plan) {
    scans = plan.scansReadOnce().orElse(0);
    limit = plan.limitOfOnlyScan();
    inAll.clear();
    announced = OptionalLong.empty();
    rowsRead = 0;
    leftOut.clear();
  }

  @Override
  public synchronized void pageRead(
      String place, Split split, Checkpoint checkpoint, int rows, OptionalLong said) {
    rowsRead += rows;
    announced = split.label().isEmpty() ? said : OptionalLong.empty();
    inAll.put(place, smaller(smaller(announced, split.scan().limit()), limit));
  }

  @Override
  public synchronized void leftOut(String place, long rows) {
    leftOut.put(place, rows);
  }

  private static OptionalLong smaller(OptionalLong a, OptionalLong b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    return a.getAsLong() < b.getAsLong() ? a : b;
  }

  synchronized long rowsRead() {
    return rowsRead;
  }

  /** How far the scans are, for the end of a sentence that says why they stopped. */
  synchronized String left() {
    OptionalLong all = scans == 1 ? inAll() : OptionalLong.empty();
    return all.isPresent()
        ? readOf(all.getAsLong())
        : String.format(
            Locale.ROOT, "; %,d rows were read, and how many are left is not known", rowsRead);
  }

  /** The same beside a limit that the statement does not have itself; empty where unknown. */
  synchronized String leftBeyondLimit() {
    return scans == 1 && announced.isPresent() ? readOf(toRead(announced.getAsLong())) : "";
  }

  private String readOf(long all) {
    return String.format(
        Locale.ROOT, "; %,d of %,d rows were read", rowsRead, Math.max(rowsRead, all));
  }

  /** The share of the rows that are read, above 0 and up to 1, where it is known. */
  synchronized OptionalDouble share() {
    OptionalLong all = inAll();
    return rowsRead == 0 || all.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.min(1, (double) rowsRead / all.getAsLong()));
  }

  /** Known once every scan has begun and said so. */
  private OptionalLong inAll() {
    boolean known =
        scans > 0
            && inAll.size() == scans
            && inAll.values().stream().allMatch(OptionalLong::isPresent);
    return known
        ? OptionalLong.of(toRead(inAll.values().stream().mapToLong(OptionalLong::getAsLong).sum()))
        : OptionalLong.empty();
  }

  private long toRead(long all) {
    return Math.max(1, all - leftOut.values().stream().mapToLong(Long::longValue).sum());
  }
}
