package dev.quire.engine.rel;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * How wide types may be, and what aggregates give. Immutable.
 *
 * <ul>
 *   <li>Decimals have up to {@value #MAX_PRECISION} digits; a type that wide is {@linkplain
 *       SqlTypes#isUnbounded unbounded}, and its values keep the digits they have.
 *   <li>Times have nine digits of a second.
 *   <li>SUM of integers is BIGINT, SUM of BIGINT is DECIMAL(38, 0), so neither wraps around.
 *   <li>AVG of integers is DOUBLE; AVG of a DECIMAL keeps its scale and has at least ten digits
 *       after the point.
 * </ul>
 */
public final class QuireTypeSystem extends RelDataTypeSystemImpl {
  public static final QuireTypeSystem INSTANCE = new QuireTypeSystem();

  /** The precision that stands for "as many digits as the value has". */
  public static final int MAX_PRECISION = 200;

  /** The scale of a decimal whose scale is not known. */
  public static final int MAX_SCALE = 100;

  private static final int NANOSECONDS = 9;
  private static final int AVERAGE_SCALE = 10;
  private static final int SUM_PRECISION = 38;

  private QuireTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> MAX_PRECISION;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> NANOSECONDS;
      case CHAR, VARCHAR, BINARY, VARBINARY -> Integer.MAX_VALUE;
      default -> super.getMaxPrecision(type);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName type) {
    return type == SqlTypeName.DECIMAL ? MAX_SCALE : super.getMaxScale(type);
  }

  @Override
  public int getDefaultPrecision(SqlTypeName type) {
    return switch (type) {
      case DECIMAL -> MAX_PRECISION;
      case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> NANOSECONDS;
      case CHAR, BINARY -> RelDataType.PRECISION_NOT_SPECIFIED;
      default -> super.getDefaultPrecision(type);
    };
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType sum =
        switch (argument.getSqlTypeName()) {
          case TINYINT, SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
          case BIGINT -> factory.createSqlType(SqlTypeName.DECIMAL, SUM_PRECISION, 0);
          case REAL, FLOAT -> factory.createSqlType(SqlTypeName.DOUBLE);
          case DECIMAL ->
              decimal(
                  factory,
                  Math.max(SUM_PRECISION, argument.getPrecision() + 19),
                  argument.getScale());
          default -> argument;
        };
    return factory.createTypeWithNullability(sum, argument.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
    RelDataType average =
        switch (argument.getSqlTypeName()) {
          case DECIMAL -> {
            int scale = Math.max(AVERAGE_SCALE, argument.getScale());
            int whole = argument.getPrecision() - argument.getScale();
            yield SqlTypes.isUnbounded(argument)
                ? argument
                : decimal(factory, Math.max(SUM_PRECISION, whole + scale), scale);
          }
          default ->
              SqlTypeUtil.isNumeric(argument)
                  ? factory.createSqlType(SqlTypeName.DOUBLE)
                  : argument;
        };
    return factory.createTypeWithNullability(average, argument.isNullable());
  }

  private static RelDataType decimal(RelDataTypeFactory factory, int precision, int scale) {
    return precision >= MAX_PRECISION
        ? factory.createSqlType(SqlTypeName.DECIMAL, MAX_PRECISION, MAX_SCALE)
        : factory.createSqlType(SqlTypeName.DECIMAL, precision, scale);
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}
