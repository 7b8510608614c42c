package dev.quire.export;

import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import java.util.Optional;

/** Where a statement stands, as the text that a checkpoint keeps. */
final class Resumption {
  private Resumption() {}

  /** After the rows handed out so far; empty where the statement can only start over. */
  static Optional<String> of(Result result) {
    return Optional.empty();
  }

  /** Options with which a statement goes on there. */
  static StatementOptions from(String point, StatementOptions options) {
    return options;
  }
}
