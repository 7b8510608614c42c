package dev.quire.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of {@code $apply}. Immutable.
 *
 * @param column empty for {@code $count}
 * @param alias the name in the answer
 */
record Aggregate(@Nullable SampleColumn column, Method method, String alias) {
  private static final int AVERAGE_SCALE = 10;

  /** How values become one. */
  enum Method {
    COUNT,
    COUNTDISTINCT,
    SUM,
    AVERAGE,
    MIN,
    MAX
  }

  /** Reads {@code revenue with sum as total} or {@code $count as n}. */
  static Aggregate parse(SampleTable table, Tokens tokens) {
    if (tokens.takeIf("$count")) {
      tokens.expect("as");
      return new Aggregate(null, Method.COUNT, tokens.takeWord());
    }
    SampleColumn column = table.requireColumn(tokens.takeWord());
    tokens.expect("with");
    String name = tokens.takeWord();
    Method method =
        switch (name) {
          case "sum" -> Method.SUM;
          case "average" -> Method.AVERAGE;
          case "min" -> Method.MIN;
          case "max" -> Method.MAX;
          case "countdistinct" -> Method.COUNTDISTINCT;
          default -> throw ODataFault.malformed("Undefined aggregate method '" + name + "'.");
        };
    boolean adds = method == Method.SUM || method == Method.AVERAGE;
    if (adds && !column.type().isNumber()) {
      throw ODataFault.malformed(
          "$apply/aggregate method '%s' needs a number, but '%s' is %s."
              .formatted(name, column.name(), column.type().edmName()));
    }
    tokens.expect("as");
    return new Aggregate(column, method, tokens.takeWord());
  }

  EdmType type() {
    return switch (method) {
      case COUNT, COUNTDISTINCT -> EdmType.INT64;
      case AVERAGE -> EdmType.DECIMAL;
      default -> column == null ? EdmType.INT64 : column.type();
    };
  }

  State start() {
    return new State();
  }

  /** What has been seen of one group. One thread at a time. */
  final class State {
    private long count;
    private BigDecimal sum = BigDecimal.ZERO;
    private @Nullable Object extreme;
    private final Set<Object> distinct = new HashSet<>();

    void add(long row) {
      Object value = column == null ? (Object) true : column.value().at(row);
      if (value == null) {
        return;
      }
      count++;
      switch (method) {
        case SUM, AVERAGE -> sum = sum.add(Values.decimal(value));
        case MIN, MAX -> keepExtreme(value);
        case COUNTDISTINCT -> distinct.add(Values.identity(value));
        case COUNT -> {}
      }
    }

    /** Refuses a sum that does not fit the type of its column, as SQL Server does. */
    void requireInRange() {
      int bits = type() == EdmType.INT32 ? 31 : type() == EdmType.INT64 ? 63 : Integer.MAX_VALUE;
      if (method == Method.SUM && sum.toBigInteger().bitLength() > bits) {
        throw ODataFault.badRequest(
            "0x80044150",
            "Generic SQL error. Arithmetic overflow error converting expression to data type "
                + (bits == 31 ? "int." : "bigint."));
      }
    }

    /** The result, of the class that its type names; null for no values. */
    @Nullable Object result() {
      return switch (method) {
        case COUNT -> (Object) count;
        case COUNTDISTINCT -> (long) distinct.size();
        case MIN, MAX -> extreme;
        case SUM -> count == 0 ? null : type() == EdmType.DECIMAL ? sum : sum.longValueExact();
        case AVERAGE ->
            count == 0
                ? null
                : sum.divide(BigDecimal.valueOf(count), AVERAGE_SCALE, RoundingMode.HALF_UP);
      };
    }

    private void keepExtreme(Object value) {
      int order = extreme == null ? 0 : Values.compare(value, extreme);
      if (extreme == null || (method == Method.MIN ? order < 0 : order > 0)) {
        extreme = value;
      }
    }
  }
}
