package dev.quire.engine.plan;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;
import org.jspecify.annotations.Nullable;

/**
 * In which type two values are compared: a moment with a timestamp or a date as moments, a UUID
 * with a text as UUIDs, texts of any length as they are.
 */
final class Coercion extends TypeCoercionImpl {

  Coercion(RelDataTypeFactory factory, SqlValidator validator) {
    super(factory, validator);
  }

  @Override
  public @Nullable RelDataType commonTypeForBinaryComparison(
      @Nullable RelDataType left, @Nullable RelDataType right) {
    if (left == null || right == null) {
      return null;
    }
    if (SqlTypeUtil.isDatetime(left) && SqlTypeUtil.isDatetime(right)) {
      RelDataType common = factory.leastRestrictive(List.of(left, right));
      if (common != null) {
        return common;
      }
    }
    if (SqlTypeUtil.isCharacter(left) && SqlTypeUtil.isCharacter(right)) {
      return null;
    }
    RelDataType uuid = uuid(left, right);
    return uuid != null ? uuid : super.commonTypeForBinaryComparison(left, right);
  }

  private @Nullable RelDataType uuid(RelDataType left, RelDataType right) {
    boolean nullable = left.isNullable() || right.isNullable();
    if (isUuid(left) && SqlTypeUtil.isCharacter(right)) {
      return factory.createTypeWithNullability(left, nullable);
    }
    if (isUuid(right) && SqlTypeUtil.isCharacter(left)) {
      return factory.createTypeWithNullability(right, nullable);
    }
    return null;
  }

  private static boolean isUuid(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.UUID;
  }
}
