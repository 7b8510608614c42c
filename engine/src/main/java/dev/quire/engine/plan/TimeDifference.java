package dev.quire.engine.plan;

import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * The time between two dates or times, to the nanosecond: TIMESTAMPDIFF as a number of whole units,
 * and {@code -} as an interval. Calcite's own TIMESTAMPDIFF counts whole seconds and multiplies,
 * and its {@code -} takes no two times.
 */
final class TimeDifference {
  private static final int WHOLE_DIGITS = 10;
  private static final int NANOSECONDS = 9;

  /** A unit, the sooner time, the later time; a BIGINT. */
  private static final SqlFunction BETWEEN =
      new SqlFunction(
          "TIMESTAMPDIFF",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.BIGINT_NULLABLE,
          null,
          new TwoTimes(1),
          SqlFunctionCategory.TIMEDATE);

  /** Standard SQL's minus, also between two times. */
  private static final SqlBinaryOperator MINUS =
      new SqlBinaryOperator(
          "-",
          SqlKind.MINUS,
          SqlStdOperatorTable.MINUS.getLeftPrec() / 2,
          true,
          TimeDifference::minusType,
          InferTypes.FIRST_KNOWN,
          OperandTypes.or(OperandTypes.MINUS_OPERATOR, new TwoTimes(0)));

  /** Calcite's conversions, and those of the exact operators. */
  static final SqlRexConvertletTable CONVERTLETS =
      new SqlRexConvertletTable() {
        @Override
        public @Nullable SqlRexConvertlet get(SqlCall call) {
          if (call.getOperator() == MINUS) {
            return TimeDifference::convertMinus;
          }
          return call.getOperator() == BETWEEN
              ? TimeDifference::convertBetween
              : StandardConvertletTable.INSTANCE.get(call);
        }
      };

  private TimeDifference() {}

  /** The exact operator where Calcite's is not. */
  static SqlOperator exact(SqlOperator operator) {
    if (operator == SqlStdOperatorTable.MINUS) {
      return MINUS;
    }
    return operator == SqlStdOperatorTable.TIMESTAMP_DIFF ? BETWEEN : operator;
  }

  private static RelDataType minusType(SqlOperatorBinding call) {
    RelDataType left = call.getOperandType(0);
    RelDataType right = call.getOperandType(1);
    if (!SqlTypeUtil.isDatetime(left) || !SqlTypeUtil.isDatetime(right)) {
      return SqlStdOperatorTable.MINUS.inferReturnType(call);
    }
    RelDataTypeFactory factory = call.getTypeFactory();
    SqlIntervalQualifier unit =
        new SqlIntervalQualifier(
            TimeUnit.DAY, WHOLE_DIGITS, TimeUnit.SECOND, NANOSECONDS, SqlParserPos.ZERO);
    return factory.createTypeWithNullability(
        factory.createSqlIntervalType(unit), left.isNullable() || right.isNullable());
  }

  private static RexNode convertMinus(SqlRexContext context, SqlCall call) {
    List<RexNode> operands =
        call.getOperandList().stream().map(context::convertExpression).toList();
    SqlOperator operator =
        SqlTypeUtil.isDatetime(operands.get(0).getType())
            ? SqlStdOperatorTable.MINUS_DATE
            : SqlStdOperatorTable.MINUS;
    RelDataType type = context.getValidator().getValidatedNodeType(call);
    return context.getRexBuilder().makeCall(type, operator, operands);
  }

  private static RexNode convertBetween(SqlRexContext context, SqlCall call) {
    SqlIntervalQualifier unit = call.operand(0);
    return context
        .getRexBuilder()
        .makeCall(
            context.getValidator().getValidatedNodeType(call),
            BETWEEN,
            List.of(
                context.getRexBuilder().makeFlag(unit.timeUnitRange),
                context.convertExpression(call.operand(1)),
                context.convertExpression(call.operand(2))));
  }

  /**
   * Takes two times of day, or two dates and timestamps, behind a unit or alone. Immutable.
   *
   * @param first index of the first time
   */
  private record TwoTimes(int first) implements SqlOperandTypeChecker {
    @Override
    public boolean checkOperandTypes(SqlCallBinding call, boolean throwOnFailure) {
      RelDataType one = call.getOperandType(first);
      RelDataType other = call.getOperandType(first + 1);
      boolean fits = isTimeOrNull(one) && isTimeOrNull(other) && isOfDay(one) == isOfDay(other);
      if (!fits && throwOnFailure) {
        throw call.newValidationSignatureError();
      }
      return fits;
    }

    private static boolean isTimeOrNull(RelDataType type) {
      return SqlTypeUtil.isDatetime(type) || SqlTypeUtil.isNull(type);
    }

    private static boolean isOfDay(RelDataType type) {
      return type.getSqlTypeName() == SqlTypeName.TIME;
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
      return SqlOperandCountRanges.of(first + 2);
    }

    @Override
    public String getAllowedSignatures(SqlOperator operator, String name) {
      return name + " of two times of day, or of two dates or timestamps";
    }
  }
}
