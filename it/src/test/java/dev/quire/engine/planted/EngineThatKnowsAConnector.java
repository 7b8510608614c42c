package dev.quire.engine.planted;

/** Breaks a module rule on purpose. */
public final class EngineThatKnowsAConnector {
  public dev.quire.http.HttpDoor door;
}
