package dev.quire.jdbc;

import java.sql.SQLException;
import java.sql.Statement;

/** A statement that can go on where another has stopped: {@code unwrap(Resumable.class)}. */
public interface Resumable extends Statement {

  /**
   * Lets the next execution of this statement go on after the last row of another one, which had
   * the same text, parameters, fetch size and row limit.
   *
   * @param point what {@link QuireResultSet#resumePoint} gave
   * @throws SQLException where this is no such text
   */
  void resumeAt(String point) throws SQLException;
}
