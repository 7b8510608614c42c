package dev.quire.cli;

import java.util.OptionalInt;

/**
 * Which of the standard streams are terminals. The launcher says so: a shell sees it more easily
 * than Java. Immutable.
 *
 * @param outputWidth columns of the terminal that standard output is; empty when it is none
 * @param errorWidth columns of the terminal that standard error is; empty when it is none
 */
record Terminals(OptionalInt outputWidth, OptionalInt errorWidth) {
  static final Terminals NONE = new Terminals(OptionalInt.empty(), OptionalInt.empty());

  /** What the launcher found. */
  static Terminals ofProcess() {
    return new Terminals(width("quire.columns"), width("quire.error.columns"));
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
