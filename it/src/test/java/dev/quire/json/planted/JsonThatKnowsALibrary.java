package dev.quire.json.planted;

/** Breaks a module rule on purpose. */
public final class JsonThatKnowsALibrary {
  public org.junit.jupiter.api.Test library;
}
