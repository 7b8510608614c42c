package dev.quire.aws.wire;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import org.jspecify.annotations.Nullable;

/** Answers that are not what the protocol promises. */
final class Malformed {
  private Malformed() {}

  static SourceException answer(String problem, @Nullable Throwable cause) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem, cause);
  }
}
