package dev.quire.http.planted;

/** Breaks a module rule on purpose. */
public final class HttpThatKnowsTheChain {
  public dev.quire.chain.PageChain chain;
}
