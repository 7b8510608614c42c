package dev.quire.export.planted;

/** Breaks a module rule on purpose. */
public final class ExportThatKnowsTheCommandLine {
  public dev.quire.cli.Main main;
}
