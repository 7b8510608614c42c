package dev.quire.cli;

import java.util.OptionalInt;

/**
 * How many columns the terminal has. The launcher says so: a shell sees more easily than Java
 * whether standard output is a terminal.
 */
final class TerminalWidth {
  private static final String PROPERTY = "quire.columns";

  private TerminalWidth() {}

  /** The width of the terminal that standard output is; empty when it is none. */
  static OptionalInt ofStandardOutput() {
    return parse(System.getProperty(PROPERTY, ""));
  }

  /** A width that can be used; empty for anything else. */
  static OptionalInt parse(String text) {
    return text.matches("[1-9][0-9]{1,3}")
        ? OptionalInt.of(Integer.parseInt(text))
        : OptionalInt.empty();
  }
}
