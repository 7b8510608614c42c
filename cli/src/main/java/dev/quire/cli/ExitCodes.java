package dev.quire.cli;

/** What the process says to the one that started it. */
final class ExitCodes {
  /** All rows were delivered. */
  static final int COMPLETE = 0;

  /** The statement failed. */
  static final int FAILED = 1;

  /** The command line or the configuration is wrong. */
  static final int USAGE = 2;

  /** Some rows were delivered; the budget or the time was used up. */
  static final int PARTIAL = 3;

  /** Ctrl-C, as shells count it: 128 and the signal's number. */
  static final int INTERRUPTED = 130;

  /** Nobody reads the output any more: 128 and the number of SIGPIPE. */
  static final int OUTPUT_CLOSED = 141;

  private ExitCodes() {}
}
