package dev.quire.engine.rel;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Makes types. Text is Unicode and never padded: CHAR is another word for VARCHAR. A DECIMAL
 * without digits is unbounded. Where moments, timestamps and dates meet, the moment wins, and the
 * others are read as UTC. Thread-safe.
 */
public final class QuireTypeFactory extends JavaTypeFactoryImpl {

  public QuireTypeFactory() {
    super(QuireTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name) {
    return switch (name) {
      case CHAR -> super.createSqlType(SqlTypeName.VARCHAR);
      case BINARY -> super.createSqlType(SqlTypeName.VARBINARY);
      case DECIMAL -> unboundedDecimal();
      default -> super.createSqlType(name);
    };
  }

  @Override
  public RelDataType createSqlType(SqlTypeName name, int precision) {
    return switch (name) {
      case CHAR -> super.createSqlType(SqlTypeName.VARCHAR, precision);
      case BINARY -> super.createSqlType(SqlTypeName.VARBINARY, precision);
      default -> super.createSqlType(name, precision);
    };
  }

  RelDataType unboundedDecimal() {
    return super.createSqlType(
        SqlTypeName.DECIMAL, QuireTypeSystem.MAX_PRECISION, QuireTypeSystem.MAX_SCALE);
  }

  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mapping) {
    RelDataType time = commonTime(types);
    return time != null ? time : super.leastRestrictive(types, mapping);
  }

  /** The type in which dates, timestamps and moments meet; null if other types are among them. */
  private @Nullable RelDataType commonTime(List<RelDataType> types) {
    SqlTypeName widest = SqlTypeName.DATE;
    boolean nullable = false;
    int known = 0;
    for (RelDataType type : types) {
      nullable |= type.isNullable();
      switch (type.getSqlTypeName()) {
        case NULL -> nullable = true;
        case DATE -> known++;
        case TIMESTAMP -> {
          known++;
          widest = widest == SqlTypeName.DATE ? SqlTypeName.TIMESTAMP : widest;
        }
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
          known++;
          widest = SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
        }
        default -> {
          return null;
        }
      }
    }
    return known == 0 ? null : createTypeWithNullability(createSqlType(widest), nullable);
  }
}
