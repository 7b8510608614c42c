package dev.quire.engine.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Other databases' names for functions of standard SQL. */
final class Synonyms {
  private static final Map<String, SqlOperator> SAME_ARGUMENTS =
      Map.of(
          "LENGTH", SqlStdOperatorTable.CHAR_LENGTH,
          "LEN", SqlStdOperatorTable.CHAR_LENGTH,
          "SUBSTR", SqlStdOperatorTable.SUBSTRING,
          "NVL", SqlStdOperatorTable.COALESCE,
          "IFNULL", SqlStdOperatorTable.COALESCE,
          "POW", SqlStdOperatorTable.POWER);

  private Synonyms() {}

  /** The same call with standard SQL's function, if there is one. */
  static Optional<SqlNode> standard(SqlCall call) {
    String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
    SqlParserPos pos = call.getParserPosition();
    List<SqlNode> operands = call.getOperandList();
    SqlOperator same = SAME_ARGUMENTS.get(name);
    if (same != null && !same.equals(call.getOperator())) {
      return Optional.of(same.createCall(pos, operands));
    }
    if (name.equals("STRPOS") && operands.size() == 2) {
      return Optional.of(
          SqlStdOperatorTable.POSITION.createCall(pos, operands.get(1), operands.get(0)));
    }
    if (name.equals("DATE_TRUNC") && operands.size() == 2) {
      SqlIntervalQualifier first = unit(operands.get(0));
      SqlIntervalQualifier unit = first != null ? first : unit(operands.get(1));
      SqlNode time = operands.get(first != null ? 1 : 0);
      return unit == null
          ? Optional.empty()
          : Optional.of(SqlStdOperatorTable.FLOOR.createCall(pos, time, unit));
    }
    return Optional.empty();
  }

  private static @Nullable SqlIntervalQualifier unit(SqlNode node) {
    if (node instanceof SqlIntervalQualifier qualifier) {
      return qualifier;
    }
    String name =
        node instanceof SqlCharStringLiteral text
            ? text.getValueAs(String.class)
            : node instanceof SqlIdentifier id && id.isSimple() ? id.getSimple() : null;
    for (TimeUnit unit : TimeUnit.values()) {
      if (unit.name().equalsIgnoreCase(name)) {
        return new SqlIntervalQualifier(unit, null, node.getParserPosition());
      }
    }
    return null;
  }
}
