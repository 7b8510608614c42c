package dev.quire.files;

import static java.util.Objects.requireNonNull;

import dev.quire.duckdb.DuckDatabase;
import dev.quire.duckdb.DuckType;
import dev.quire.spi.DataType;
import dev.quire.spi.DataType.Kind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in DuckDB's SQL, where they mean there exactly what they mean here: no floating point
 * (NaN), no JSON, no constant that DuckDB would have to change. Immutable.
 */
final class Conditions {
  private static final Set<Kind> WHOLE = EnumSet.of(Kind.SMALLINT, Kind.INTEGER, Kind.BIGINT);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final int NANOS_PER_MICRO = 1_000;
  private static final int LAST_YEAR = 9999;

  private static final Map<Function, String> COMPARISONS =
      Map.of(
          Function.EQ, "=",
          Function.NE, "<>",
          Function.LT, "<",
          Function.LE, "<=",
          Function.GT, ">",
          Function.GE, ">=");
  private static final Map<Function, String> TEXT_TESTS =
      Map.of(
          Function.STARTS_WITH, "starts_with",
          Function.ENDS_WITH, "ends_with",
          Function.CONTAINS, "contains");

  private final Map<String, DuckType> columns;

  Conditions(Map<String, DuckType> columns) {
    this.columns = columns;
  }

  /** The condition; empty if it would mean something else. */
  Optional<String> find(Expression condition) {
    return Optional.ofNullable(sql(condition));
  }

  /** Whether DuckDB sorts a column as SQL does here. */
  boolean sorts(String column) {
    return isPlain(column);
  }

  private @Nullable String sql(Expression condition) {
    if (!(condition instanceof Call call)) {
      return null;
    }
    List<Expression> arguments = call.arguments();
    return switch (call.function()) {
      case AND, OR -> joined(arguments, " " + call.function() + " ");
      case NOT -> negated(arguments.get(0));
      case IS_NULL, IS_NOT_NULL ->
          arguments.get(0) instanceof ColumnRef column
              ? name(column) + (call.function() == Function.IS_NULL ? " IS NULL" : " IS NOT NULL")
              : null;
      case IN -> in(arguments);
      default -> comparison(call.function(), arguments);
    };
  }

  private @Nullable String joined(List<Expression> parts, String word) {
    List<String> all = new ArrayList<>();
    for (Expression part : parts) {
      String sql = sql(part);
      if (sql == null) {
        return null;
      }
      all.add("(" + sql + ")");
    }
    return String.join(word, all);
  }

  private @Nullable String negated(Expression part) {
    String sql = sql(part);
    return sql == null ? null : "NOT (" + sql + ")";
  }

  private @Nullable String in(List<Expression> arguments) {
    List<String> values = new ArrayList<>();
    for (Expression each : arguments.subList(1, arguments.size())) {
      String value = operand(arguments.get(0), each);
      if (value == null) {
        return null;
      }
      values.add(value);
    }
    return name((ColumnRef) arguments.get(0)) + " IN (" + String.join(", ", values) + ")";
  }

  private @Nullable String comparison(Function function, List<Expression> arguments) {
    String sign = COMPARISONS.get(function);
    String test = TEXT_TESTS.get(function);
    if ((sign == null && test == null) || arguments.size() != 2) {
      return null;
    }
    String value = operand(arguments.get(0), arguments.get(1));
    if (value == null) {
      return null;
    }
    String column = name((ColumnRef) arguments.get(0));
    return sign != null
        ? column + " " + sign + " " + value
        : test + "(" + column + ", " + value + ")";
  }

  /** The constant that a column is compared with; null if either does not do. */
  private @Nullable String operand(Expression column, Expression value) {
    if (!(column instanceof ColumnRef ref)
        || !(value instanceof Constant constant)
        || constant.value() == null
        || !isPlain(ref.name())) {
      return null;
    }
    return literal(constant.value(), requireNonNull(columns.get(ref.name())).type());
  }

  private static String name(ColumnRef column) {
    return DuckDatabase.identifier(column.name());
  }

  /** Whether DuckDB holds the values of a column as its type here has them. */
  private boolean isPlain(String column) {
    DuckType type = columns.get(column);
    if (type == null) {
      return false;
    }
    Kind kind = type.type().kind();
    return WHOLE.contains(kind)
        || kind == Kind.BOOLEAN
        || kind == Kind.DATE
        || kind == Kind.UUID
        || (kind == Kind.VARCHAR && type.sqlName().equals("VARCHAR"))
        || (kind == Kind.DECIMAL && type.sqlName().startsWith("DECIMAL"))
        || (kind == Kind.TIMESTAMP && type.sqlName().equals("TIMESTAMP"))
        || kind == Kind.TIMESTAMP_TZ;
  }

  private static @Nullable String literal(Object value, DataType type) {
    return switch (type.kind()) {
      case BOOLEAN -> value instanceof Boolean flag ? flag.toString() : null;
      case SMALLINT, INTEGER, BIGINT -> whole(value);
      case DECIMAL -> decimal(value, type);
      case VARCHAR ->
          value instanceof String text && text.indexOf('\0') < 0 ? DuckDatabase.quoted(text) : null;
      case DATE ->
          value instanceof LocalDate date && isUsual(date.getYear()) ? "DATE '" + date + "'" : null;
      case TIMESTAMP ->
          value instanceof LocalDateTime time && isUsual(time.getYear(), time.getNano())
              ? "TIMESTAMP '" + TIME.format(time) + "'"
              : null;
      case TIMESTAMP_TZ -> moment(value);
      case UUID -> value instanceof UUID id ? "CAST('" + id + "' AS UUID)" : null;
      default -> null;
    };
  }

  private static @Nullable String whole(Object value) {
    return value instanceof Integer || value instanceof Long ? value.toString() : null;
  }

  private static @Nullable String decimal(Object value, DataType type) {
    if (!(value instanceof BigDecimal || value instanceof Integer || value instanceof Long)) {
      return null;
    }
    BigDecimal number = new BigDecimal(value.toString()).stripTrailingZeros();
    boolean fits =
        number.scale() <= type.scale()
            && number.precision() - number.scale() <= type.precision() - type.scale();
    return fits
        ? "CAST('"
            + number.toPlainString()
            + "' AS DECIMAL("
            + type.precision()
            + ", "
            + type.scale()
            + "))"
        : null;
  }

  private static @Nullable String moment(Object value) {
    if (!(value instanceof Instant instant)) {
      return null;
    }
    LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    return isUsual(utc.getYear(), utc.getNano())
        ? "TIMESTAMP WITH TIME ZONE '" + TIME.format(utc) + "+00'"
        : null;
  }

  private static boolean isUsual(int year) {
    return year >= 1 && year <= LAST_YEAR;
  }

  private static boolean isUsual(int year, int nanos) {
    return isUsual(year) && nanos % NANOS_PER_MICRO == 0;
  }
}
