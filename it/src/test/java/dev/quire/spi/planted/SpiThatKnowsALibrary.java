package dev.quire.spi.planted;

/** Breaks a module rule on purpose. */
public final class SpiThatKnowsALibrary {
  public org.junit.jupiter.api.Test library;
}
