package dev.quire.engine.exec.aggregate;

import dev.quire.engine.exec.eval.ValueKind;
import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Variance and standard deviation in one pass (Welford's method). */
final class Spread implements Accumulator {
  private final int column;
  private final RelDataType type;
  private final boolean ofSample;
  private final boolean root;
  private long count;
  private double mean;
  private double squares;

  Spread(int column, RelDataType type, boolean ofSample, boolean root) {
    this.column = column;
    this.type = type;
    this.ofSample = ofSample;
    this.root = root;
  }

  @Override
  public void add(@Nullable Object[] row) {
    if (row[column] instanceof Number number) {
      double value = number.doubleValue();
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
    }
  }

  @Override
  public @Nullable Object result() {
    long divisor = ofSample ? count - 1 : count;
    if (divisor <= 0) {
      return null;
    }
    double variance = squares / divisor;
    double result = root ? Math.sqrt(variance) : variance;
    return switch (ValueKind.of(type)) {
      case DECIMAL -> BigDecimal.valueOf(result);
      case INT -> (int) result;
      case LONG -> (long) result;
      default -> result;
    };
  }
}
