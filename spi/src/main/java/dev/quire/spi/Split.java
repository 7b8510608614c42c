package dev.quire.spi;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An independent part of a scan with its own page chain. It travels to other machines and outlives
 * a version, so it holds no credentials and has a byte form. Immutable.
 *
 * @param scan what this part reads; its filters hold its bounds where they can be said so
 * @param label what tells it from its siblings, for people; empty for the whole
 * @param hints what only the connector understands, for example a region
 */
public record Split(TableName table, ScanRequest scan, String label, Map<String, String> hints) {

  public Split {
    SortedMap<String, String> copy = new TreeMap<>(hints);
    hints = Collections.unmodifiableSortedMap(copy);
  }

  /** The scan in one part. */
  public static Split whole(TableName table, ScanRequest scan) {
    return new Split(table, scan, "", Map.of());
  }
}
