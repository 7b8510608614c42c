package dev.quire.chain;

import dev.quire.spi.Quota;
import java.util.List;

/**
 * What a statement has spent so far, by source and table, and how its budgets stand. Immutable.
 *
 * @param sources in the order of their first requests
 * @param budgets those that there are
 */
public record Usage(List<OfSource> sources, List<BudgetState> budgets) {
  public static final Usage NONE = new Usage(List.of(), List.of());

  public Usage {
    sources = List.copyOf(sources);
    budgets = List.copyOf(budgets);
  }

  /**
   * One source.
   *
   * @param rows read from it
   * @param quotas what its last answer that said something of quotas said
   */
  public record OfSource(
      String source, Costs costs, long rows, List<OfTable> tables, List<Quota> quotas) {
    public OfSource {
      tables = List.copyOf(tables);
      quotas = List.copyOf(quotas);
    }
  }

  /**
   * One table.
   *
   * @param place as the user names it: {@code crm.accounts}
   * @param rows read from it
   */
  public record OfTable(String place, Costs costs, long rows) {}
}
