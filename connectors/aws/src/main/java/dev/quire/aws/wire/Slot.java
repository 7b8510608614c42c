package dev.quire.aws.wire;

import dev.quire.spi.DataType;

/**
 * Where one column of a row comes from. Immutable.
 *
 * @param column its name, for messages
 * @param path the member of the row, perhaps with a dot and a member of that one; or the path in
 *     the answer; empty for the others
 */
public record Slot(String column, DataType type, Origin origin, String path) {

  /** What a column is taken from. */
  public enum Origin {
    /** a member of the row, or of the value of a map's entry */
    MEMBER,
    /** the row itself, or the value of a map's entry */
    ROW,
    /** the key of a map's entry */
    KEY,
    /** a place in the answer outside of its rows; the same in all rows of a page */
    ANSWER,
    /** nothing: left empty for whoever knows it */
    GIVEN
  }
}
