package dev.quire.jdbc;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;

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

  /**
   * Where the statement stands after the rows handed out so far, as text for {@link
   * Resumable#resumeAt}. Empty where a row does not come of one row of a table: sorts, groups,
   * joins.
   */
  Optional<String> resumePoint();

  /** What the user should know although the rows are right; each is an SQLWarning, too. */
  List<String> notices();
}
