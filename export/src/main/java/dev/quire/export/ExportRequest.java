package dev.quire.export;

import dev.quire.engine.StatementOptions;
import java.util.function.UnaryOperator;

/**
 * What is exported. Immutable.
 *
 * @param fingerprints of sources by their names; without credentials
 * @param start what to do about an unfinished run
 */
public record ExportRequest(
    String sql, StatementOptions options, UnaryOperator<String> fingerprints, Start start) {

  /** What to do where an unfinished run has left something. */
  public enum Start {
    /** Nothing may be left. */
    FRESH,
    /** Go on from there; start where nothing is left. */
    RESUME,
    /** Give it up. */
    RESTART
  }
}
