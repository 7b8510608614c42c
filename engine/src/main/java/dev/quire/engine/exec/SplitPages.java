package dev.quire.engine.exec;

import org.jspecify.annotations.Nullable;

/**
 * The pages of the splits of one scan, of each split in their order. One thread at a time, except
 * {@link #close}, which may come from another and aborts what is under way.
 */
interface SplitPages extends AutoCloseable {

  /** The next page, or end of a split; null when all splits have ended. */
  @Nullable SplitPage next();

  /** Stops all chains. May be repeated. */
  @Override
  void close();
}
