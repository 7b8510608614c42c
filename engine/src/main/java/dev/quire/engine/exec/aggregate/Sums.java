package dev.quire.engine.exec.aggregate;

import dev.quire.engine.exec.eval.Arithmetic;
import dev.quire.engine.exec.eval.Casts;
import dev.quire.engine.exec.eval.ValueKind;
import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * SUM and AVG: whole numbers and decimals are added exactly, whatever the size in between; the
 * result's type is checked at the end. An average of decimals is rounded as a quotient is.
 */
final class Sums implements Accumulator {
  private final int column;
  private final RelDataType type;
  private final ValueKind kind;
  private final boolean averages;
  private final boolean zeroForNone;
  private long count;
  private long whole;
  private double real;
  private @Nullable BigDecimal exact;
  private boolean isReal;

  /**
   * @param zeroForNone whether a sum of nothing is 0 instead of NULL
   */
  Sums(int column, RelDataType type, boolean averages, boolean zeroForNone) {
    this.column = column;
    this.type = type;
    this.kind = ValueKind.of(type);
    this.averages = averages;
    this.zeroForNone = zeroForNone;
  }

  @Override
  public void add(@Nullable Object[] row) {
    Object value = row[column];
    if (value == null) {
      return;
    }
    count++;
    if (value instanceof Double number) {
      isReal = true;
      real += number;
    } else if (value instanceof BigDecimal number) {
      exact = exact == null ? number : exact.add(number);
    } else {
      addWhole(((Number) value).longValue());
    }
  }

  private void addWhole(long value) {
    long sum = whole + value;
    boolean overflows = ((whole ^ sum) & (value ^ sum)) < 0;
    if (overflows) {
      exact = total().add(BigDecimal.valueOf(value));
      whole = 0;
    } else {
      whole = sum;
    }
  }

  private BigDecimal total() {
    BigDecimal part = BigDecimal.valueOf(whole);
    return exact == null ? part : exact.add(part);
  }

  @Override
  public @Nullable Object result() {
    if (count == 0) {
      return zeroForNone ? ofKind(BigDecimal.ZERO) : null;
    }
    if (isReal) {
      double sum = real + (exact == null ? 0 : exact.doubleValue()) + whole;
      return ofReal(averages ? sum / count : sum);
    }
    return averages ? average() : ofKind(total());
  }

  private Object average() {
    BigDecimal number = BigDecimal.valueOf(count);
    return switch (kind) {
      case DOUBLE -> total().doubleValue() / count;
      case DECIMAL -> Arithmetic.quotient(total(), number, Casts.scaleOf(type));
      default -> ofKind(total().divideToIntegralValue(number));
    };
  }

  private Object ofReal(double value) {
    return kind == ValueKind.DOUBLE ? (Object) value : ofKind(new BigDecimal(value));
  }

  private Object ofKind(BigDecimal value) {
    return switch (kind) {
      case INT -> Casts.toInt(value, type);
      case LONG -> Casts.toLong(value);
      case DOUBLE -> value.doubleValue();
      default -> value;
    };
  }
}
