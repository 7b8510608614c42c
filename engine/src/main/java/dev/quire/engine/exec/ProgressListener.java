package dev.quire.engine.exec;

import dev.quire.spi.Checkpoint;
import dev.quire.spi.Split;
import java.util.OptionalLong;

/** Told how far the scans of a statement are. Called in the thread that reads; thread-safe. */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (place, split, checkpoint, rows, announced) -> {};

  /**
   * A page of a scan was handed to the plan; its rows are not yet delivered.
   *
   * @param place the table as the user names it
   * @param checkpoint the start of that page
   * @param rows of that page
   * @param announced the rows that the API says the whole split has, where it says so
   */
  void pageRead(String place, Split split, Checkpoint checkpoint, int rows, OptionalLong announced);

  /** A scan began after so many rows, which nobody takes. Comes after its first page. */
  default void leftOut(String place, long rows) {}
}
