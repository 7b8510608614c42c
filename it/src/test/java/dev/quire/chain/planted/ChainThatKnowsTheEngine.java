package dev.quire.chain.planted;

/** Breaks a module rule on purpose. */
public final class ChainThatKnowsTheEngine {
  public dev.quire.engine.Engine engine;
}
