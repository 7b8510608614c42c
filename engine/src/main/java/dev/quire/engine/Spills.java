package dev.quire.engine;

import dev.quire.engine.config.Configuration.ConfiguredMemory;
import dev.quire.engine.spill.SpillEngine;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** Finds the engine for rows that do not fit in the heap. */
final class Spills {
  private Spills() {}

  /**
   * The engine on the class path; null if there is none. It loads nothing before it is needed.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION if a setting is wrong
   */
  static @Nullable SpillEngine find(ConfiguredMemory memory) {
    return ServiceLoader.load(SpillEngine.Provider.class, SpillEngine.class.getClassLoader())
        .findFirst()
        .map(provider -> provider.create(memory.values(), memory.folder()))
        .orElse(null);
  }
}
