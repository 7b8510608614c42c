package dev.quire.engine.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * The functions that a statement can name: standard SQL's, and the usual ones of other databases.
 * The latter are loaded only when a statement names one, which keeps the start short.
 */
final class Functions implements SqlOperatorTable {
  static final Functions INSTANCE = new Functions();

  private static final SqlNameMatcher ANY_CASE = SqlNameMatchers.withCaseSensitive(false);
  private static final Set<String> LIBRARY_NAMES =
      Set.of(
          "BOOL_AND",
          "BOOL_OR",
          "CHR",
          "CONCAT",
          "CONCAT_WS",
          "ENDS_WITH",
          "GREATEST",
          "IF",
          "ILIKE",
          "LEAST",
          "LEFT",
          "LPAD",
          "LTRIM",
          "MD5",
          "NOT ILIKE",
          "REGEXP_LIKE",
          "REGEXP_REPLACE",
          "REPEAT",
          "REVERSE",
          "RIGHT",
          "RPAD",
          "RTRIM",
          "SAFE_CAST",
          "SPACE",
          "SPLIT_PART",
          "STARTS_WITH",
          "STRING_AGG",
          "TRY_CAST");

  private Functions() {}

  @Override
  public void lookupOperatorOverloads(
      SqlIdentifier name,
      @Nullable SqlFunctionCategory category,
      SqlSyntax syntax,
      List<SqlOperator> found,
      SqlNameMatcher matcher) {
    SqlStdOperatorTable.instance().lookupOperatorOverloads(name, category, syntax, found, ANY_CASE);
    found.replaceAll(TimeDifference::exact);
    if (found.isEmpty()
        && name.isSimple()
        && LIBRARY_NAMES.contains(name.getSimple().toUpperCase(Locale.ROOT))) {
      Library.find(name.getSimple(), found);
    }
  }

  @Override
  public List<SqlOperator> getOperatorList() {
    return SqlStdOperatorTable.instance().getOperatorList();
  }

  /** Holds what loading takes long. */
  private static final class Library {
    private static final List<SqlOperator> ALL =
        List.of(
            SqlLibraryOperators.CONCAT_FUNCTION_WITH_NULL,
            SqlLibraryOperators.CONCAT_WS,
            SqlLibraryOperators.GREATEST,
            SqlLibraryOperators.LEAST,
            SqlLibraryOperators.IF,
            SqlLibraryOperators.ILIKE,
            SqlLibraryOperators.NOT_ILIKE,
            SqlLibraryOperators.LEFT,
            SqlLibraryOperators.LPAD,
            SqlLibraryOperators.LTRIM,
            SqlLibraryOperators.RTRIM,
            SqlLibraryOperators.REGEXP_LIKE,
            SqlLibraryOperators.REGEXP_REPLACE_3,
            SqlLibraryOperators.REPEAT,
            SqlLibraryOperators.REVERSE,
            SqlLibraryOperators.RIGHT,
            SqlLibraryOperators.RPAD,
            SqlLibraryOperators.SAFE_CAST,
            SqlLibraryOperators.TRY_CAST,
            SqlLibraryOperators.SPLIT_PART,
            SqlLibraryOperators.STARTS_WITH,
            SqlLibraryOperators.ENDS_WITH,
            SqlLibraryOperators.STRING_AGG,
            SqlLibraryOperators.BOOL_AND,
            SqlLibraryOperators.BOOL_OR,
            SqlLibraryOperators.MD5,
            SqlLibraryOperators.CHR,
            SqlLibraryOperators.SPACE);

    static void find(String name, List<SqlOperator> found) {
      for (SqlOperator operator : ALL) {
        if (operator.getName().equalsIgnoreCase(name)) {
          found.add(operator);
        }
      }
    }
  }
}
