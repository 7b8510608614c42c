package dev.quire.engine.spill;

import java.nio.file.Path;
import java.util.Map;

/** Keeps rows outside of the heap, sorts and joins them. Thread-safe. */
public interface SpillEngine extends AutoCloseable {

  /** Makes an engine; found with {@link java.util.ServiceLoader}. */
  interface Provider {

    /**
     * Checks the settings; loads nothing yet.
     *
     * @param settings the section {@code memory} of the configuration, with {@code memory.} before
     *     each key
     * @param folder what relative paths in it are relative to
     * @throws dev.quire.spi.SourceException CONFIGURATION
     */
    SpillEngine create(Map<String, String> settings, Path folder);
  }

  /**
   * A place for the rows of one operator.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION if there can be none
   */
  Spill open();

  /** Removes what is left. */
  @Override
  void close();
}
