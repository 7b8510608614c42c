package dev.quire.engine.exec;

import dev.quire.spi.Checkpoint;
import dev.quire.spi.Split;

/** Told how far the scans of a statement are. Called in the thread that reads; thread-safe. */
@FunctionalInterface
public interface ProgressListener {
  /** Hears nothing. */
  ProgressListener NONE = (place, split, checkpoint) -> {};

  /**
   * A page of a scan was handed to the plan; its rows are not yet delivered.
   *
   * @param place the table as the user names it
   * @param checkpoint the start of that page
   */
  void pageRead(String place, Split split, Checkpoint checkpoint);
}
