package dev.quire.aws;

import dev.quire.aws.access.Access;
import dev.quire.aws.access.Regions;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a table is read: regions and accounts, each combination a chain of its own. They are
 * columns of every table whose rows have none of that name. Immutable.
 */
final class Places {
  static final String REGION = "region";
  static final String ACCOUNT = "account";

  private final Access access;
  private final Set<String> taken;

  /**
   * @param taken the table's own columns, in lower case
   */
  Places(Access access, Set<String> taken) {
    this.access = access;
    this.taken = Set.copyOf(taken);
  }

  /**
   * One place.
   *
   * @param role to be assumed there; empty for the source's own credentials
   */
  record Place(String region, Optional<String> role) {}

  /** The columns that places add: shown where there are several places. */
  List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    if (has(REGION)) {
      Column region = Column.of(REGION, DataType.VARCHAR).withRemarks("The region that was asked.");
      columns.add(access.regions().size() > 1 ? region : region.withTraits(Column.Trait.HIDDEN));
    }
    if (has(ACCOUNT)) {
      columns.add(
          Column.of(ACCOUNT, DataType.VARCHAR).withRemarks("The account whose role was assumed."));
    }
    return columns;
  }

  boolean has(String column) {
    return !taken.contains(column)
        && (column.equals(REGION) || (column.equals(ACCOUNT) && !access.accounts().isEmpty()));
  }

  /** Whether an expression speaks of places. */
  boolean concerns(Expression filter) {
    return concerns(filter.columns());
  }

  boolean concerns(Collection<String> columns) {
    return columns.stream().anyMatch(this::has);
  }

  /** Whether a filter chooses places, and nothing else. */
  boolean chooses(Expression filter) {
    return filter instanceof Call call
        && (call.function() == Function.EQ || call.function() == Function.IN)
        && call.arguments().get(0) instanceof ColumnRef column
        && has(column.name())
        && call.arguments().stream()
            .skip(1)
            .allMatch(
                value ->
                    value instanceof Placeholder
                        || (value instanceof Constant c && c.value() != null));
  }

  /** The places that these filters choose: any region that is named, and configured accounts. */
  List<Place> chosen(List<Expression> filters) {
    List<Expression> choosing = filters.stream().filter(this::chooses).toList();
    Set<String> regions = new LinkedHashSet<>();
    Optional<Set<String>> named = values(choosing, REGION);
    regions.addAll(named.map(List::copyOf).orElseGet(() -> Regions.of(access)));
    Optional<Set<String>> accounts = values(choosing, ACCOUNT);
    List<Optional<String>> roles = new ArrayList<>();
    for (String role : access.accounts()) {
      if (accounts.isEmpty() || accounts.get().contains(Access.accountOf(role))) {
        roles.add(Optional.of(role));
      }
    }
    if (access.accounts().isEmpty()) {
      roles.add(Optional.empty());
    }
    List<Place> places = new ArrayList<>();
    for (Optional<String> role : roles) {
      regions.forEach(region -> places.add(new Place(region, role)));
    }
    return places;
  }

  /** The values that all filters on a column allow; empty when there is no filter on it. */
  private static Optional<Set<String>> values(List<Expression> filters, String column) {
    Optional<Set<String>> allowed = Optional.empty();
    for (Expression filter : filters) {
      Call call = (Call) filter;
      if (((ColumnRef) call.arguments().get(0)).name().equals(column)) {
        Set<String> values = new LinkedHashSet<>();
        for (Expression value : call.arguments().subList(1, call.arguments().size())) {
          if (value instanceof Constant constant) {
            values.add(String.valueOf(constant.value()));
          }
        }
        allowed.ifPresent(values::retainAll);
        allowed = Optional.of(values);
      }
    }
    return allowed;
  }

  /** Whether filters leave more than one place. Reads no file and asks nobody. */
  boolean areSeveral(List<Expression> filters) {
    List<Expression> choosing = filters.stream().filter(this::chooses).toList();
    int regions = values(choosing, REGION).map(Set::size).orElse(access.regions().size());
    int accounts = values(choosing, ACCOUNT).map(Set::size).orElse(access.accounts().size());
    return Math.max(1, regions) * Math.max(1, accounts) > 1;
  }
}
