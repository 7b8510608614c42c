package dev.quire.sample.planted;

/** Breaks the naming rule on purpose. */
public final class NothingHelper {}
