package dev.quire.engine;

import dev.quire.engine.exec.ProgressListener;
import dev.quire.engine.plan.Plans;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Split;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;

/**
 * Adds up what the scans of a statement have read. How many rows there will be is known for a plan
 * with one scan alone, from its limit or from what the API announces. Thread-safe.
 */
final class ScanProgress implements ProgressListener {
  private boolean single;
  private OptionalLong limit = OptionalLong.empty();
  private OptionalLong inAll = OptionalLong.empty();
  private long rowsRead;
  private long leftOut;

  /** Starts over with this plan. */
  synchronized void start(RelNode root) {
    single = Plans.scans(root).size() == 1;
    limit = Plans.limitOfOnlyScan(root);
    inAll = OptionalLong.empty();
    rowsRead = 0;
    leftOut = 0;
  }

  @Override
  public synchronized void pageRead(
      String place, Split split, Checkpoint checkpoint, int rows, OptionalLong announced) {
    rowsRead += rows;
    OptionalLong whole = split.label().isEmpty() ? announced : OptionalLong.empty();
    inAll = smaller(smaller(whole, split.scan().limit()), limit);
  }

  @Override
  public synchronized void leftOut(String place, long rows) {
    leftOut = rows;
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
    return single && inAll.isPresent()
        ? String.format(
            Locale.ROOT, "; %,d of %,d rows were read", rowsRead, Math.max(rowsRead, toRead()))
        : String.format(
            Locale.ROOT, "; %,d rows were read, and how many are left is not known", rowsRead);
  }

  /** The share of the rows that are read, above 0 and up to 1, where it is known. */
  synchronized OptionalDouble share() {
    if (!single || rowsRead == 0 || inAll.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(Math.min(1, (double) rowsRead / Math.max(1, toRead())));
  }

  private long toRead() {
    return inAll.orElse(Long.MAX_VALUE) - leftOut;
  }
}
