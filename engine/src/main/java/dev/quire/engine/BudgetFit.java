package dev.quire.engine;

import dev.quire.chain.BudgetState;
import dev.quire.spi.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/** Says whether a statement fits its budgets, as far as that can be known before it runs. */
record BudgetFit(List<Need> needs) {

  /**
   * What one scan is expected to take.
   *
   * @param least whether it is no less than this, and nobody knows how much more
   */
  record Need(String source, OptionalLong calls, OptionalLong rows, boolean least) {}

  /** {@code crm calls per day: 3 expected, 120 of 500 left: it fits}. */
  String line(BudgetState budget) {
    String owner = budget.isStatements() ? "" : budget.owner() + " ";
    String label = owner + (budget.counted().equals("ms") ? "time" : budget.unit()) + ": ";
    return switch (budget.counted()) {
      case "calls" -> label + fit(budget, Need::calls);
      case "rows" -> label + (budget.isStatements() ? ofResult(budget) : fit(budget, Need::rows));
      case "bytes" -> label + String.format(Locale.ROOT, "%s; %s", left(budget), unknown());
      default ->
          label + Durations.format(Duration.ofMillis(budget.limit())) + " allowed; " + unknown();
    };
  }

  private static String unknown() {
    return "what the statement will take cannot be told beforehand";
  }

  /** The rows that operators leave of those read cannot be told, but they are no more. */
  private String ofResult(BudgetState budget) {
    long most = needs.size() == 1 ? needs.get(0).rows().orElse(Long.MAX_VALUE) : Long.MAX_VALUE;
    return most <= budget.limit() && !needs.get(0).least()
        ? String.format(Locale.ROOT, "no more than %,d expected, %s: it fits", most, left(budget))
        : left(budget) + "; " + unknown();
  }

  private String fit(BudgetState budget, Function<Need, OptionalLong> amount) {
    long known = 0;
    boolean more = false;
    for (Need need : needs) {
      boolean counts =
          budget.isStatements() || budget.owner().equals(need.source()) || isOfAll(budget);
      known += counts ? amount.apply(need).orElse(0) : 0;
      more |= counts && (need.least() || amount.apply(need).isEmpty());
    }
    // A statement of its own has spent nothing yet; what was asked for here is not its.
    long left = budget.isOfDay() ? budget.left() : budget.limit();
    String expected =
        String.format(
            Locale.ROOT, "%s%,d expected, %s", more ? "at least " : "", known, left(budget));
    if (known > left) {
      return expected + ": it does not fit";
    }
    return expected + (more ? ": it may not fit" : ": it fits");
  }

  private static boolean isOfAll(BudgetState budget) {
    return budget.owner().equals(EngineBudgets.ALL);
  }

  private static String left(BudgetState budget) {
    return budget.isOfDay()
        ? String.format(Locale.ROOT, "%,d of %,d left today", budget.left(), budget.limit())
        : String.format(Locale.ROOT, "%,d allowed", budget.limit());
  }
}
