package dev.quire.engine.rel;

import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The one place that maps the types of sources to Calcite's and back. A moment ({@link
 * DataType.Kind#TIMESTAMP_TZ}) is TIMESTAMP WITH LOCAL TIME ZONE, JSON is VARCHAR.
 */
public final class SqlTypes {
  private SqlTypes() {}

  /** Calcite's type for a column's. */
  public static RelDataType toSql(DataType type, boolean nullable, RelDataTypeFactory factory) {
    return factory.createTypeWithNullability(toSql(type, factory), nullable);
  }

  private static RelDataType toSql(DataType type, RelDataTypeFactory factory) {
    return switch (type.kind()) {
      case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
      case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
      case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
      case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
      case REAL -> factory.createSqlType(SqlTypeName.REAL);
      case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
      case DECIMAL -> decimal(type, factory);
      case VARCHAR -> sized(SqlTypeName.VARCHAR, type, factory);
      case JSON -> factory.createSqlType(SqlTypeName.VARCHAR);
      case VARBINARY -> sized(SqlTypeName.VARBINARY, type, factory);
      case DATE -> factory.createSqlType(SqlTypeName.DATE);
      case TIME -> factory.createSqlType(SqlTypeName.TIME);
      case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP);
      case TIMESTAMP_TZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
      case UUID -> factory.createSqlType(SqlTypeName.UUID);
    };
  }

  private static RelDataType decimal(DataType type, RelDataTypeFactory factory) {
    boolean known =
        type.precision() > 0
            && type.precision() < QuireTypeSystem.MAX_PRECISION
            && type.scale() >= 0
            && type.scale() <= QuireTypeSystem.MAX_SCALE;
    return known
        ? factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale())
        : factory.createSqlType(
            SqlTypeName.DECIMAL, QuireTypeSystem.MAX_PRECISION, QuireTypeSystem.MAX_SCALE);
  }

  private static RelDataType sized(SqlTypeName name, DataType type, RelDataTypeFactory factory) {
    return type.precision() > 0
        ? factory.createSqlType(name, type.precision())
        : factory.createSqlType(name);
  }

  /**
   * The type of a result's column.
   *
   * @throws SourceException UNSUPPORTED for a type that no result can have, such as an interval
   */
  public static DataType toDataType(RelDataType type) {
    return switch (type.getSqlTypeName()) {
      case BOOLEAN -> DataType.BOOLEAN;
      case TINYINT, SMALLINT -> DataType.SMALLINT;
      case INTEGER -> DataType.INTEGER;
      case BIGINT -> DataType.BIGINT;
      case REAL -> DataType.REAL;
      case FLOAT, DOUBLE -> DataType.DOUBLE;
      case DECIMAL ->
          isUnbounded(type)
              ? DataType.DECIMAL
              : DataType.decimal(type.getPrecision(), type.getScale());
      case CHAR, VARCHAR -> DataType.varchar(length(type));
      case NULL, ANY, UNKNOWN, VARIANT -> DataType.VARCHAR;
      case BINARY, VARBINARY -> new DataType(DataType.Kind.VARBINARY, length(type), 0);
      case DATE -> DataType.DATE;
      case TIME -> DataType.TIME;
      case TIMESTAMP -> DataType.TIMESTAMP;
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> DataType.TIMESTAMP_TZ;
      case UUID -> DataType.UUID;
      default ->
          throw new SourceException(
                  ErrorKind.UNSUPPORTED, "a result cannot hold values of type " + type)
              .withHint(
                  SqlTypeUtil.isInterval(type)
                      ? "TIMESTAMPDIFF(SECOND, sooner, later) gives a number, and so does EXTRACT."
                      : "Cast it, for example to VARCHAR.");
    };
  }

  private static int length(RelDataType type) {
    return type.getPrecision() > 0 ? type.getPrecision() : DataType.UNKNOWN;
  }

  /**
   * Whether a DECIMAL type says nothing of the digits of its values. Such values are carried as
   * they are; a cast to such a type changes no digit.
   */
  public static boolean isUnbounded(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DECIMAL
        && type.getPrecision() >= QuireTypeSystem.MAX_PRECISION;
  }
}
