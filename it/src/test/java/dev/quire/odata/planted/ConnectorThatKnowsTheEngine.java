package dev.quire.odata.planted;

/** Breaks a module rule on purpose. */
public final class ConnectorThatKnowsTheEngine {
  public dev.quire.engine.Engine engine;
}
