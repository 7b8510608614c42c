package dev.quire.duckdb.engine;

import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.spill.SpillEngine;
import java.nio.file.Path;
import java.util.Map;

/** Makes engines that keep rows in DuckDB. */
public final class DuckSpillProvider implements SpillEngine.Provider {

  @Override
  public SpillEngine create(Map<String, String> settings, Path folder) {
    return new DuckSpillEngine(DuckSettings.of(settings, folder));
  }
}
