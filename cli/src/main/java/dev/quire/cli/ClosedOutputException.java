package dev.quire.cli;

import java.io.IOException;

/** Nobody reads standard output any more, as with {@code quire … | head}. */
final class ClosedOutputException extends IOException {
  private static final long serialVersionUID = 1L;

  ClosedOutputException(IOException cause) {
    super("standard output is closed", cause);
  }
}
