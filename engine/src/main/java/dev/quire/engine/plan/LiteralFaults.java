package dev.quire.engine.plan;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the text in a statement that cannot be read as a value, and the column that it is compared
 * with. For one statement.
 */
final class LiteralFaults extends SqlBasicVisitor<@Nullable Void> {
  private static final Set<SqlKind> COMPARISONS =
      Set.of(
          SqlKind.EQUALS,
          SqlKind.NOT_EQUALS,
          SqlKind.LESS_THAN,
          SqlKind.LESS_THAN_OR_EQUAL,
          SqlKind.GREATER_THAN,
          SqlKind.GREATER_THAN_OR_EQUAL,
          SqlKind.BETWEEN,
          SqlKind.IN,
          SqlKind.NOT_IN);

  private final String problem;
  private final List<Found> found = new ArrayList<>();

  private record Found(SqlCharStringLiteral literal, String column) {}

  private LiteralFaults(String problem) {
    this.problem = problem;
  }

  /** The fault with its place; as it is where the place is not to be found. */
  static SourceException placed(SourceException fault, SqlNode tree, StatementText text) {
    if (fault.kind() != ErrorKind.INVALID_VALUE || fault.place().isPresent()) {
      return fault;
    }
    LiteralFaults faults = new LiteralFaults(fault.problem());
    tree.accept(faults);
    if (faults.found.isEmpty()) {
      return fault;
    }
    Found first = faults.found.get(0);
    String column = first.column().isEmpty() ? "" : ", the type of " + first.column();
    return text.fault(fault.kind(), fault.problem() + column, first.literal().getParserPosition());
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    String column = COMPARISONS.contains(call.getKind()) ? column(call) : "";
    for (SqlNode operand : call.getOperandList()) {
      look(operand, column);
    }
    return super.visit(call);
  }

  private void look(@Nullable SqlNode node, String column) {
    if (node instanceof SqlNodeList list) {
      list.forEach(each -> look(each, column));
    } else if (node instanceof SqlCall cast && cast.getKind() == SqlKind.CAST) {
      look(cast.operand(0), column);
    } else if (node instanceof SqlCharStringLiteral literal
        && problem.startsWith("'" + literal.getValueAs(String.class) + "'")) {
      found.add(new Found(literal, column));
    }
  }

  private static String column(SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      if (operand instanceof SqlIdentifier id) {
        return id.names.get(id.names.size() - 1);
      }
    }
    return "";
  }
}
