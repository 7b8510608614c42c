package dev.quire.jdbc;

import dev.quire.spi.ErrorKind;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The warnings of a result: what the engine noticed, and that rows are missing where the user has
 * allowed it. One thread at a time.
 */
final class Warnings {
  private static final String GENERAL = "01000";
  private static final int NOTICE = 0;

  private int cleared;

  /** The warnings since the last clearing, the oldest first; null if there are none. */
  @Nullable SQLWarning chain(ForwardResultSet result) {
    List<SQLWarning> all = all(result);
    SQLWarning first = null;
    for (SQLWarning warning : all.subList(Math.min(cleared, all.size()), all.size())) {
      if (first == null) {
        first = warning;
      } else {
        first.setNextWarning(warning);
      }
    }
    return first;
  }

  void clear(ForwardResultSet result) {
    cleared = all(result).size();
  }

  private static List<SQLWarning> all(ForwardResultSet result) {
    List<SQLWarning> all = new ArrayList<>();
    for (String notice : result.notices()) {
      all.add(new SQLWarning(notice, GENERAL, NOTICE));
    }
    if (result.isEnded() && !result.verdict().complete()) {
      String reason = result.verdict().reason().orElse("unknown");
      all.add(
          new SQLWarning(
              "the result is partial: " + reason,
              GENERAL,
              SqlErrors.vendorCode(ErrorKind.BUDGET_EXCEEDED)));
    }
    return all;
  }
}
