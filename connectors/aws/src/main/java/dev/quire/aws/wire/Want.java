package dev.quire.aws.wire;

import dev.quire.aws.model.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of an answer is wanted, as a tree over its members. Built once, then only read. */
final class Want {
  private final Map<String, Want> inner = new HashMap<>();
  private boolean whole;
  private boolean rows;
  private @Nullable Want last;

  /** The whole answer's. */
  static Want of(Path rows, List<Path> captured) {
    Want root = new Want();
    root.at(rows.alternatives().get(0)).rows = true;
    for (Path path : captured) {
      path.alternatives().forEach(steps -> root.at(steps).whole = true);
    }
    return root;
  }

  private Want at(List<Path.Step> steps) {
    Want at = this;
    for (Path.Step step : steps) {
      at = at.inner.computeIfAbsent(step.member(), name -> new Want());
      if (step.last()) {
        if (at.last == null) {
          at.last = new Want();
        }
        at = at.last;
      }
    }
    return at;
  }

  @Nullable Want of(String member) {
    return inner.get(member);
  }

  /** Whether the value is wanted as a tree. */
  boolean isWhole() {
    return whole;
  }

  /** Whether the rows are here. */
  boolean isRows() {
    return rows;
  }

  /** What is wanted of the last element. */
  @Nullable Want last() {
    return last;
  }
}
