package dev.quire.chain;

/**
 * How one budget stands. Immutable.
 *
 * @param owner whose it is: {@code statement}, {@code crm}, {@code all sources}
 * @param unit what it counts: {@code calls}, {@code bytes}, {@code rows}, {@code ms}; with {@code
 *     per day} behind it
 */
public record BudgetState(String owner, String unit, long limit, long spent) {

  static final String STATEMENT = "statement";
  private static final String PER_DAY = " per day";

  public long left() {
    return Math.max(0, limit - spent);
  }

  /** Whether it is that of the statement, whatever the source. */
  public boolean isStatements() {
    return owner.equals(STATEMENT);
  }

  /** Whether all statements of a day share it. */
  public boolean isOfDay() {
    return unit.endsWith(PER_DAY);
  }

  /** What it counts: {@code calls}, {@code bytes}, {@code rows} or {@code ms}. */
  public String counted() {
    return unit.replace(PER_DAY, "");
  }
}
