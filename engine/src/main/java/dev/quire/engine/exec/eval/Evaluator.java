package dev.quire.engine.exec.eval;

import org.jspecify.annotations.Nullable;

/** A compiled expression. Thread-safe. */
@FunctionalInterface
public interface Evaluator {

  /**
   * The expression's value for a row; null is SQL's NULL.
   *
   * @throws dev.quire.spi.SourceException INVALID_VALUE where SQL demands an error
   */
  @Nullable Object eval(@Nullable Object[] row);

  /** The same value for every row. */
  record Constant(@Nullable Object value) implements Evaluator {
    @Override
    public @Nullable Object eval(@Nullable Object[] row) {
      return value;
    }
  }

  /** A column of the row. */
  record Column(int index) implements Evaluator {
    @Override
    public @Nullable Object eval(@Nullable Object[] row) {
      return row[index];
    }
  }
}
