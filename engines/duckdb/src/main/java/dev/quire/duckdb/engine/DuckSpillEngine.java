package dev.quire.duckdb.engine;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.spill.Spill;
import dev.quire.engine.spill.SpillEngine;
import org.jspecify.annotations.Nullable;

/**
 * One database in memory for all that is open at a time, so that its limit is the process's; it is
 * closed with the last. Thread-safe.
 */
final class DuckSpillEngine implements SpillEngine {
  private final DuckSettings settings;
  private @Nullable DuckDatabase database;
  private int users;

  DuckSpillEngine(DuckSettings settings) {
    this.settings = settings;
  }

  @Override
  public synchronized Spill open() {
    DuckDatabase opened = database == null ? DuckDatabase.inMemory(settings) : database;
    database = opened;
    users++;
    try {
      return new DuckSpill(opened, this::left);
    } catch (RuntimeException e) {
      left();
      throw e;
    }
  }

  private synchronized void left() {
    users--;
    if (users == 0) {
      close();
    }
  }

  @Override
  public synchronized void close() {
    if (database != null) {
      database.close();
      database = null;
      users = 0;
    }
  }
}
