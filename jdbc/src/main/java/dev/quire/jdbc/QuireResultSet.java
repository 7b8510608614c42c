package dev.quire.jdbc;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import java.sql.ResultSet;
import java.util.List;

/**
 * What Quire knows of a result beyond its rows: {@code resultSet.unwrap(QuireResultSet.class)}. May
 * be asked at any time, and after the result set was closed.
 */
public interface QuireResultSet extends ResultSet {

  /** Whether the rows handed out are all; before the end, partial for that reason. */
  Verdict verdict();

  /** Calls, pages, bytes and waits so far. */
  Costs costs();

  /** Rows handed out so far. */
  long rows();

  /** What the user should know although the rows are right; each is an SQLWarning, too. */
  List<String> notices();
}
