package dev.quire.jdbc;

import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of {@link DatabaseMetaData#getTypeInfo}. */
final class TypeRows {
  private static final int MOST_DECIMAL_DIGITS = 100;
  private static final int NANOSECONDS = 9;

  private TypeRows() {}

  static List<@Nullable Object[]> of(JdbcTypes types) {
    List<@Nullable Object[]> rows = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Kind kind : Kind.values()) {
      DataType type = DataType.of(kind);
      if (seen.add(types.name(type))) {
        rows.add(row(type, types));
      }
    }
    rows.sort(Comparator.comparing(row -> (Integer) row[1]));
    return rows;
  }

  private static @Nullable Object[] row(DataType type, JdbcTypes types) {
    boolean number = JdbcTypes.isNumber(type);
    int scale = greatestScale(type);
    return new @Nullable Object[] {
      types.name(type),
      types.code(type),
      type.kind() == Kind.DECIMAL ? MOST_DECIMAL_DIGITS : types.precision(type),
      prefix(type),
      prefix(type) == null ? null : "'",
      parameters(type),
      (int) DatabaseMetaData.typeNullable,
      JdbcTypes.isText(type),
      (int) DatabaseMetaData.typeSearchable,
      !number,
      false,
      false,
      null,
      0,
      scale,
      null,
      null,
      number ? 10 : null
    };
  }

  private static int greatestScale(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> MOST_DECIMAL_DIGITS;
      case TIME, TIMESTAMP, TIMESTAMP_TZ -> NANOSECONDS;
      default -> 0;
    };
  }

  private static @Nullable String prefix(DataType type) {
    return switch (type.kind()) {
      case VARCHAR, JSON, UUID -> "'";
      case VARBINARY -> "X'";
      case DATE -> "DATE '";
      case TIME -> "TIME '";
      case TIMESTAMP -> "TIMESTAMP '";
      case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE '";
      default -> null;
    };
  }

  private static @Nullable String parameters(DataType type) {
    return switch (type.kind()) {
      case DECIMAL -> "precision,scale";
      case VARCHAR, VARBINARY -> "length";
      default -> null;
    };
  }
}
