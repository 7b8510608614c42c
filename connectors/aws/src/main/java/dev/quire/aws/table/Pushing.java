package dev.quire.aws.table;

import dev.quire.aws.model.Paginator.Origin;
import dev.quire.spi.Column;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Decides what of a scan a service does: equalities with members of its requests, and a limit as
 * the size of a page. Used for one question.
 */
final class Pushing {
  /** Chains that one statement's values may ask for. */
  static final int MOST_CHAINS = 10_000;

  /** Rows for which a page smaller than the service's is asked for, and the least of it. */
  private static final int MOST_FEW = 100;

  private static final int LEAST_FEW = 20;

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
    PageSize sizes = new PageSize(table);
    if (!bounded && isForFew(answer)) {
      ScanRequest few = answer.accepted().withPageSize(OptionalInt.of(few(wanted)));
      OptionalInt size = sizes.of(few).stream().mapToInt(Integer::intValue).findFirst();
      answer = accepting(answer, few.withPageSize(size));
    }
    answer = sizes.of(answer.accepted()).map(answer::withPageSize).orElse(answer);
    if (table.operation().paginator().origin() == Origin.INFERRED) {
      answer = answer.withNote("how it pages is inferred from its members");
    }
    return answer;
  }

  /**
   * Whether a few rows are wanted of what the service has of one thing, a job for example. They are
   * checked again, but hardly one of them will be left out.
   */
  private boolean isForFew(Pushdown answer) {
    ScanRequest wanted = answer.wanted();
    return wanted.limit().orElse(Long.MAX_VALUE) <= MOST_FEW - Math.min(MOST_FEW, wanted.offset())
        && wanted.order().isEmpty()
        && wanted.aggregation().isEmpty()
        && wanted.pageSize().isEmpty()
        && answer.filters().stream().noneMatch(Fidelity.NONE::equals)
        && wanted.filters().stream().allMatch(this::isOfOneThing);
  }

  private boolean isOfOneThing(Expression filter) {
    return Equality.of(filter)
        .map(each -> table.columns().get(each.column()))
        .filter(column -> column.column().has(Column.Trait.REQUIRED_FILTER))
        .isPresent();
  }

  /** Large enough that, should the service send others among them, the pages are not too many. */
  private static int few(ScanRequest wanted) {
    return (int) Math.max(LEAST_FEW, wanted.limit().orElseThrow() + wanted.offset());
  }

  private static Pushdown accepting(Pushdown answer, ScanRequest accepted) {
    return new Pushdown(
        answer.wanted(),
        accepted,
        answer.filters(),
        answer.order(),
        answer.limit(),
        answer.offset(),
        answer.aggregation(),
        answer.pageSize(),
        answer.notes());
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
