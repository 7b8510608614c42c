package dev.quire.duckdb;

import dev.quire.spi.DataType;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type of DuckDB's and the type of Quire's whose values it holds exactly. Immutable.
 *
 * @param sqlName as DuckDB writes it: {@code TIMESTAMP_NS}, {@code STRUCT(a INTEGER)}
 * @param type the type of its values here
 */
public record DuckType(String sqlName, DataType type) {
  /** The most digits of a DECIMAL in DuckDB. */
  public static final int MOST_DIGITS = 38;

  /** Those that other types than their own are read as, by way of their text. */
  private static final Set<DataType.Kind> READ_AS_TEXT =
      EnumSet.of(DataType.Kind.DECIMAL, DataType.Kind.VARCHAR, DataType.Kind.JSON);

  private static final int MICROSECONDS = 6;
  private static final int NANOSECONDS = 9;
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+), ?(\\d+)\\)");

  /**
   * The type that holds every value of one of Quire's types.
   *
   * @return empty if DuckDB has none, or no way in: a DECIMAL of more than 38 digits or of unknown
   *     digits, a TIME finer than microseconds
   */
  public static Optional<DuckType> holding(DataType type) {
    return name(type).map(name -> new DuckType(name, type));
  }

  private static Optional<String> name(DataType type) {
    return Optional.ofNullable(
        switch (type.kind()) {
          case BOOLEAN -> "BOOLEAN";
          case SMALLINT, INTEGER -> "INTEGER";
          case BIGINT -> "BIGINT";
          case REAL, DOUBLE -> "DOUBLE";
          case DECIMAL ->
              type.precision() == DataType.UNKNOWN
                      || type.scale() == DataType.UNKNOWN
                      || type.precision() > MOST_DIGITS
                  ? null
                  : "DECIMAL(" + type.precision() + "," + type.scale() + ")";
          case VARCHAR -> "VARCHAR";
          case JSON -> "JSON";
          case VARBINARY -> "BLOB";
          case DATE -> "DATE";
          case TIME -> type.precision() > MICROSECONDS ? null : "TIME";
          case TIMESTAMP -> type.precision() > MICROSECONDS ? "TIMESTAMP_NS" : "TIMESTAMP";
          case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
          case UUID -> "UUID";
        });
  }

  /**
   * The type of a column, from the name that DESCRIBE gives it. What Quire has no type for, becomes
   * JSON (lists, structures, maps) or text.
   */
  public static DuckType parse(String sqlName) {
    String name = sqlName.toUpperCase(Locale.ROOT);
    return new DuckType(sqlName, isNested(name) ? DataType.JSON : simple(name));
  }

  private static boolean isNested(String name) {
    return name.endsWith("]")
        || name.startsWith("STRUCT(")
        || name.startsWith("MAP(")
        || name.startsWith("UNION(")
        || name.equals("VARIANT")
        || name.equals("JSON");
  }

  private static DataType simple(String name) {
    Matcher decimal = DECIMAL.matcher(name);
    if (decimal.matches()) {
      return DataType.decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return switch (name) {
      case "BOOLEAN" -> DataType.BOOLEAN;
      case "TINYINT", "SMALLINT", "UTINYINT" -> DataType.SMALLINT;
      case "INTEGER", "USMALLINT" -> DataType.INTEGER;
      case "BIGINT", "UINTEGER" -> DataType.BIGINT;
      case "UBIGINT" -> DataType.decimal(20, 0);
      case "HUGEINT", "UHUGEINT", "BIGNUM" -> DataType.decimal(39, 0);
      case "FLOAT" -> DataType.REAL;
      case "DOUBLE" -> DataType.DOUBLE;
      case "BLOB" -> DataType.VARBINARY;
      case "DATE" -> DataType.DATE;
      case "TIME" -> time(DataType.Kind.TIME, MICROSECONDS);
      case "TIME_NS" -> time(DataType.Kind.TIME, NANOSECONDS);
      case "TIMESTAMP_S" -> time(DataType.Kind.TIMESTAMP, 0);
      case "TIMESTAMP_MS" -> time(DataType.Kind.TIMESTAMP, 3);
      case "TIMESTAMP" -> time(DataType.Kind.TIMESTAMP, MICROSECONDS);
      case "TIMESTAMP_NS" -> time(DataType.Kind.TIMESTAMP, NANOSECONDS);
      case "TIMESTAMP WITH TIME ZONE" -> time(DataType.Kind.TIMESTAMP_TZ, MICROSECONDS);
      case "UUID" -> DataType.UUID;
      default -> DataType.VARCHAR;
    };
  }

  private static DataType time(DataType.Kind kind, int digits) {
    return new DataType(kind, digits, 0);
  }

  /**
   * What a statement selects so that {@link DuckValues#read} can read it.
   *
   * @param column an expression of this type
   */
  public String selection(String column) {
    String name = sqlName.toUpperCase(Locale.ROOT);
    if (isNested(name) && !name.equals("JSON")) {
      return "CAST(to_json(" + column + ") AS VARCHAR)";
    }
    return READ_AS_TEXT.contains(type.kind())
            && !name.equals("VARCHAR")
            && !name.startsWith("DECIMAL(")
        ? "CAST(" + column + " AS VARCHAR)"
        : column;
  }
}
