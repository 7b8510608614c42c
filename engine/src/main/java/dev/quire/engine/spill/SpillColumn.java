package dev.quire.engine.spill;

/**
 * A column of values for windows.
 *
 * @param scale of DECIMAL, which has {@link #MOST_DIGITS} digits
 */
public record SpillColumn(Kind kind, int scale) {

  /** The class of its values. */
  public enum Kind {
    /** byte[] */
    BYTES,
    /** {@link Long} */
    LONG,
    /** {@link Double} */
    DOUBLE,
    /** {@link java.math.BigDecimal} */
    DECIMAL
  }

  public static final int MOST_DIGITS = 38;

  public static final SpillColumn BYTES = new SpillColumn(Kind.BYTES, 0);
  public static final SpillColumn LONG = new SpillColumn(Kind.LONG, 0);
  public static final SpillColumn DOUBLE = new SpillColumn(Kind.DOUBLE, 0);

  public static SpillColumn decimal(int scale) {
    return new SpillColumn(Kind.DECIMAL, scale);
  }
}
