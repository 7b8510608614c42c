package dev.quire.engine.exec.eval;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;

/** Makes the refusal of what the evaluator lacks. */
final class Unsupported {
  private Unsupported() {}

  static SourceException function(String what) {
    return new SourceException(ErrorKind.UNSUPPORTED, "the function " + what + " is not available");
  }
}
