package dev.quire.aws.table;

import dev.quire.aws.model.Paginator.Limit;
import dev.quire.aws.model.Protocol;
import dev.quire.spi.ScanRequest;
import java.util.Optional;

/**
 * The page size that a chain asks for: what the user wants, what a limit needs, else the most that
 * the service gives. Never more than its bounds.
 */
final class PageSize {
  /** What is asked for where the service states a maximum that is no size of a page. */
  private static final long LARGEST = 1_000;

  /**
   * The sizes that every service is known to take where its model states none: RDS and its kin
   * document these bounds in words alone.
   */
  private static final long LEAST_UNSTATED = 20;

  private static final long MOST_UNSTATED = 100;

  private final OperationTable table;

  PageSize(OperationTable table) {
    this.table = table;
  }

  /** Empty where the service chooses. */
  Optional<Integer> of(ScanRequest accepted) {
    Optional<Limit> limit = table.operation().paginator().limit();
    if (limit.isEmpty() || isRefused(accepted)) {
      return Optional.empty();
    }
    long most = limit.get().max().orElse(Integer.MAX_VALUE);
    if (accepted.pageSize().isPresent()) {
      return Optional.of(bounded(accepted.pageSize().getAsInt(), limit.get(), most));
    }
    long wanted = accepted.limit().orElse(Long.MAX_VALUE);
    if (limit.get().max().isEmpty()) {
      return wanted > MOST_UNSTATED
          ? Optional.empty()
          : Optional.of(bounded(Math.max(wanted, LEAST_UNSTATED), limit.get(), most));
    }
    if (wanted < Math.min(most, LARGEST)) {
      return Optional.of(bounded(wanted, limit.get(), most));
    }
    return most > LARGEST ? Optional.empty() : Optional.of((int) most);
  }

  private static int bounded(long wanted, Limit limit, long most) {
    return (int) Math.min(Math.max(wanted, Math.max(1, limit.min().orElse(1))), most);
  }

  /** EC2 refuses a page size beside a list of ids. */
  private boolean isRefused(ScanRequest accepted) {
    return table.service().protocol() == Protocol.EC2
        && accepted.filters().stream()
            .flatMap(filter -> Equality.of(filter).stream())
            .map(each -> table.columns().get(each.column()))
            .anyMatch(
                column -> column != null && column.parameter().filter(PageSize::isIds).isPresent());
  }

  private static boolean isIds(String parameter) {
    return parameter.endsWith("Ids") || parameter.endsWith("Names");
  }
}
