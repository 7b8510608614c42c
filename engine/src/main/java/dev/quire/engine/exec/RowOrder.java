package dev.quire.engine.exec;

import dev.quire.engine.exec.eval.ValueOrder;
import dev.quire.engine.spill.KeyBytes;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;

/** The order of ORDER BY. Looks now and then whether the statement may go on. */
final class RowOrder implements Comparator<@Nullable Object[]> {
  private final int[] columns;
  private final int[] signs;
  private final int[] nulls;
  private final Run run;

  RowOrder(List<RelFieldCollation> keys, Run run) {
    this.columns = keys.stream().mapToInt(RelFieldCollation::getFieldIndex).toArray();
    this.signs =
        keys.stream().mapToInt(key -> key.getDirection().isDescending() ? -1 : 1).toArray();
    this.nulls = keys.stream().mapToInt(RowOrder::nullSign).toArray();
    this.run = run;
  }

  /** Where a NULL stands against a value: -1 before it. */
  private static int nullSign(RelFieldCollation key) {
    RelFieldCollation.NullDirection direction =
        key.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
            ? key.getDirection().defaultNullDirection()
            : key.nullDirection;
    return direction == RelFieldCollation.NullDirection.FIRST ? -1 : 1;
  }

  @Override
  public int compare(@Nullable Object[] a, @Nullable Object[] b) {
    run.tick();
    for (int i = 0; i < columns.length; i++) {
      int order = compare(a[columns[i]], b[columns[i]], i);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Bytes that are ordered as the row is. */
  byte[] key(KeyBytes bytes, @Nullable Object[] row) {
    for (int i = 0; i < columns.length; i++) {
      bytes.add(row[columns[i]], signs[i] < 0, nulls[i] < 0);
    }
    return bytes.take();
  }

  private int compare(@Nullable Object a, @Nullable Object b, int key) {
    if (a == null || b == null) {
      return a == b ? 0 : a == null ? nulls[key] : -nulls[key];
    }
    return signs[key] * ValueOrder.compare(a, b);
  }
}
