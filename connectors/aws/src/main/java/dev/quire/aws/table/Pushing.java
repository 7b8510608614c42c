package dev.quire.aws.table;

import dev.quire.aws.model.Paginator.Limit;
import dev.quire.aws.model.Paginator.Origin;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what of a scan a service does: equalities with members of its requests, and a limit as
 * the size of a page. Used for one question.
 */
final class Pushing {
  /** Chains that one statement's values may ask for. */
  static final int MOST_CHAINS = 10_000;

  private final OperationTable table;
  private final Set<String> taken = new HashSet<>();
  private long chains = 1;

  Pushing(OperationTable table) {
    this.table = table;
  }

  Pushdown answer(ScanRequest wanted) {
    Pushdown answer = Pushdown.filtering(wanted, this::judge);
    boolean bounded =
        wanted.limit().isPresent()
            && wanted.offset() == 0
            && wanted.order().isEmpty()
            && answer.filtersAreExact();
    if (bounded && wanted.aggregation().isEmpty()) {
      answer = answer.withLimit(Fidelity.NARROWING);
    }
    Optional<Limit> limit = table.operation().paginator().limit();
    if (limit.isPresent()) {
      answer = new PageSize(table).of(answer.accepted()).map(answer::withPageSize).orElse(answer);
    }
    if (table.operation().paginator().origin() == Origin.INFERRED) {
      answer = answer.withNote("how it pages is inferred from its members");
    }
    return answer;
  }

  private Fidelity judge(Expression filter) {
    Optional<Equality> equality = Equality.of(filter);
    TableColumn column = equality.map(each -> table.columns().get(each.column())).orElse(null);
    if (column == null || column.parameter().isEmpty()) {
      return Fidelity.NONE;
    }
    if (equality.get().isBatchOfKeys() || !taken.add(column.name())) {
      return Fidelity.NONE;
    }
    chains *= equality.get().values().size();
    if (chains > MOST_CHAINS) {
      throw new SourceException(
              ErrorKind.INVALID_STATEMENT,
              "the values in IN would be asked for one by one, in more than "
                  + MOST_CHAINS
                  + " chains of pages")
          .withHint("Give fewer values, or join the table that has them.");
    }
    return column.isGiven() ? Fidelity.EXACT : Fidelity.NARROWING;
  }
}
