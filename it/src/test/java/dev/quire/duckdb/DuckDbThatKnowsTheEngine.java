package dev.quire.duckdb;

/** Breaks a module rule on purpose. */
public final class DuckDbThatKnowsTheEngine {
  public dev.quire.engine.Engine engine;
}
