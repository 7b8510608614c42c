package dev.quire.engine.plan;

import dev.quire.engine.exec.eval.Literals;
import dev.quire.engine.exec.eval.ValueKind;
import dev.quire.engine.rel.QuireTypeFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;

/** Expressions of a plan as people read them, with column names. */
final class RexText {
  private static final int MOST = 12;

  private RexText() {}

  static String list(List<RexNode> nodes, List<String> names) {
    String shown =
        nodes.stream().limit(MOST).map(node -> of(node, names)).collect(Collectors.joining(", "));
    return nodes.size() <= MOST ? shown : shown + ", … " + nodes.size() + " columns";
  }

  static String of(RexNode node, List<String> names) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex() < names.size() ? names.get(ref.getIndex()) : ref.getName();
    } else if (node instanceof RexLiteral literal) {
      return literal(literal);
    } else if (node instanceof RexCall call) {
      return call(call, names);
    }
    return node.toString();
  }

  private static String literal(RexLiteral literal) {
    if (literal.isNull()) {
      return "NULL";
    }
    Object value = Literals.value(literal);
    return switch (ValueKind.of(literal.getType())) {
      case BOOLEAN, INT, LONG, DOUBLE, MONTHS, NANOS ->
          String.valueOf(value).toUpperCase(Locale.ROOT);
      case DECIMAL ->
          ((BigDecimal) Objects.requireNonNull(value)).stripTrailingZeros().toPlainString();
      case OTHER -> String.valueOf(value);
      default -> "'" + value + "'";
    };
  }

  private static String call(RexCall call, List<String> names) {
    if (call.getKind() == SqlKind.SEARCH) {
      RexNode plain = RexUtil.expandSearch(new RexBuilder(new QuireTypeFactory()), null, call);
      return of(plain, names);
    }
    List<String> operands = call.getOperands().stream().map(each -> of(each, names)).toList();
    String name = call.getOperator().getName();
    if (call.getKind() == SqlKind.CAST) {
      if (call.getOperands().get(0) instanceof RexLiteral) {
        return operands.get(0);
      }
      return "CAST(" + operands.get(0) + " AS " + call.getType() + ")";
    }
    SqlSyntax syntax = call.getOperator().getSyntax();
    if (syntax == SqlSyntax.BINARY || call.getKind() == SqlKind.LIKE) {
      String joined = String.join(" " + name + " ", operands);
      return call.getKind() == SqlKind.OR ? "(" + joined + ")" : joined;
    }
    return syntax == SqlSyntax.POSTFIX
        ? operands.get(0) + " " + name
        : name + "(" + String.join(", ", operands) + ")";
  }
}
