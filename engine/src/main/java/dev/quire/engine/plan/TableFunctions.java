package dev.quire.engine.plan;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/**
 * Puts names of tables in the place of calls in FROM, {@code crm.fetchxml('…')} or {@code
 * TABLE(crm.fetchxml('…'))}: the source makes a table of the arguments before the statement is
 * validated, because they decide what its columns are. For one statement.
 */
final class TableFunctions extends SqlShuttle {
  private final Catalog catalog;

  TableFunctions(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public @Nullable SqlNode visit(SqlCall call) {
    boolean calls =
        call.getKind() == SqlKind.COLLECTION_TABLE
            && call.operand(0) instanceof SqlCall function
            && function.getOperator() instanceof SqlFunction;
    return calls ? table(call.operand(0)) : super.visit(call);
  }

  private SqlNode table(SqlCall call) {
    SqlIdentifier written = ((SqlFunction) call.getOperator()).getSqlIdentifier();
    List<String> names =
        written == null ? List.of(call.getOperator().getName()) : List.copyOf(written.names);
    List<String> whole = new ArrayList<>(names);
    if (names.size() == 1) {
      whole.addAll(0, catalog.defaultSchema());
    }
    SqlParserPos pos = written == null ? call.getParserPosition() : written.getParserPosition();
    return catalog
        .call(whole, arguments(String.join(".", names), call))
        .map(table -> new SqlIdentifier(table, pos))
        .orElseThrow(
            () ->
                SqlUtil.newContextException(
                    pos,
                    Static.RESOURCE.validatorUnknownFunction(String.join(".", names) + "(…)")));
  }

  private static List<@Nullable Object> arguments(String function, SqlCall call) {
    List<@Nullable Object> values = new ArrayList<>();
    for (SqlNode operand : call.getOperandList()) {
      values.add(constant(function, operand));
    }
    return values;
  }

  private static @Nullable Object constant(String function, SqlNode node) {
    if (node instanceof SqlLiteral literal) {
      SqlTypeName type = literal.getTypeName();
      if (type == SqlTypeName.NULL) {
        return null;
      } else if (type.getFamily() == SqlTypeFamily.CHARACTER) {
        return literal.getValueAs(String.class);
      } else if (type.getFamily() == SqlTypeFamily.NUMERIC) {
        return literal.bigDecimalValue();
      } else if (type == SqlTypeName.BOOLEAN) {
        return literal.booleanValue();
      }
    }
    throw new SourceException(
        ErrorKind.INVALID_STATEMENT,
        "the arguments of " + function + " in FROM must be constants: text, numbers, TRUE, FALSE");
  }
}
