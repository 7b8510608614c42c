package dev.quire.cli;

import java.util.OptionalInt;

/**
 * Which of the standard streams are terminals. The launcher says so: a shell sees it more easily
 * than Java. Immutable.
 *
 * @param outputWidth columns of the terminal that standard output is; empty when it is none
 * @param errorWidth columns of the terminal that standard error is; empty when it is none
 * @param input whether standard input is a terminal
 */
record Terminals(OptionalInt outputWidth, OptionalInt errorWidth, boolean input) {
  static final Terminals NONE = new Terminals(OptionalInt.empty(), OptionalInt.empty(), false);

  /** What the launcher found. */
  static Terminals ofProcess() {
    return new Terminals(
        width("quire.columns"), width("quire.error.columns"), Boolean.getBoolean("quire.input"));
  }

  /** Whether somebody sits there to whom a question can be put. */
  boolean interactive() {
    return input && outputWidth.isPresent();
  }

  private static OptionalInt width(String property) {
    return parse(System.getProperty(property, ""));
  }

  /** A width that can be used; empty for anything else. */
  static OptionalInt parse(String text) {
    return text.matches("[1-9][0-9]{1,3}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
