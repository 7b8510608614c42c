package dev.quire.export;

import java.util.List;
import java.util.Optional;

/**
 * How far an export is: what is written before this is durable, and what comes after it is not
 * asked for yet. Immutable.
 *
 * @param identity what may go on from here
 * @param resume where the statement goes on, in the engine's text form; empty where it can only
 *     start over
 * @param position where the output goes on
 * @param counts of all runs so far
 * @param allRead whether the statement was read to its end, so that only the name is missing
 */
public record ExportCheckpoint(
    Identity identity, Optional<String> resume, Position position, Counts counts, boolean allRead) {

  /**
   * What must be the same for an export to go on. Immutable.
   *
   * @param statement its text
   * @param sources a fingerprint of each source that it reads; without credentials
   * @param output the format and the compression
   * @param columns names and types
   */
  public record Identity(
      String statement, List<String> sources, String output, List<String> columns) {
    public Identity {
      sources = List.copyOf(sources);
      columns = List.copyOf(columns);
    }
  }

  /**
   * What was done so far.
   *
   * @param rows written
   * @param calls made
   * @param bytes received
   * @param runs begun
   */
  public record Counts(long rows, long calls, long bytes, long runs) {
    public static final Counts NONE = new Counts(0, 0, 0, 0);
  }
}
