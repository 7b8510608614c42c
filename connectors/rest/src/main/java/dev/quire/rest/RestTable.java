package dev.quire.rest;

import dev.quire.http.HttpDoor;
import dev.quire.rest.Conditions.Match;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** A table of a spec. Immutable and thread-safe. */
final class RestTable implements Table {
  private final HttpDoor door;
  private final RestSettings settings;
  private final TableSpec spec;
  private final Conditions conditions;

  RestTable(HttpDoor door, RestSettings settings, TableSpec spec) {
    this.door = door;
    this.settings = settings;
    this.spec = spec;
    this.conditions = new Conditions(spec);
  }

  @Override
  public TableSchema schema() {
    return new TableSchema(
        spec.name(),
        spec.columns().stream().map(ColumnSpec::column).toList(),
        spec.key(),
        List.of(),
        spec.remarks());
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    Iterator<Fidelity> answers = conditions.judge(wanted.filters()).iterator();
    Pushdown pushdown = Pushdown.filtering(wanted, filter -> answers.next());
    OptionalInt size = pageSize(wanted);
    if (size.isPresent()) {
      pushdown = pushdown.withPageSize(size.getAsInt());
    }
    boolean plain =
        wanted.order().isEmpty() && wanted.offset() == 0 && wanted.aggregation().isEmpty();
    return plain && wanted.limit().isPresent() && pushdown.filtersAreExact()
        ? pushdown.withLimit(Fidelity.NARROWING)
        : pushdown;
  }

  private OptionalInt pageSize(ScanRequest scan) {
    return spec.pageSize().map(size -> size.clamp(wantedSize(scan))).orElse(OptionalInt.empty());
  }

  private OptionalInt wantedSize(ScanRequest scan) {
    return scan.pageSize().isPresent() ? scan.pageSize() : settings.pageSize();
  }

  /** One chain for each value of a condition that takes one value a request. */
  @Override
  public List<Split> splits(ScanRequest accepted, int wanted, CallContext context) {
    List<List<Expression>> combinations = List.of(List.of());
    for (Expression condition : accepted.filters()) {
      List<Expression> choices = choices(condition);
      List<List<Expression>> longer = new ArrayList<>();
      for (List<Expression> before : combinations) {
        for (Expression choice : choices) {
          List<Expression> more = new ArrayList<>(before);
          more.add(choice);
          longer.add(more);
        }
      }
      combinations = longer;
    }
    return combinations.stream()
        .map(
            filters ->
                new Split(
                    spec.name(),
                    accepted.withFilters(filters),
                    label(filters, accepted.filters()),
                    Map.of()))
        .toList();
  }

  private List<Expression> choices(Expression condition) {
    Optional<Match> match = conditions.match(condition).filter(Match::isOnePerValue);
    if (match.isEmpty()) {
      return List.of(condition);
    }
    Expression column = ((Call) condition).arguments().get(0);
    return match.get().values().stream()
        .distinct()
        .<Expression>map(value -> Expression.call(Function.EQ, column, value))
        .toList();
  }

  /** The values that tell a chain from its siblings. */
  private String label(List<Expression> filters, List<Expression> accepted) {
    return filters.stream()
        .filter(filter -> !accepted.contains(filter))
        .map(filter -> conditions.match(filter).orElseThrow())
        .map(match -> match.filter().column() + "=" + conditions.text(match))
        .collect(Collectors.joining(", "));
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    ScanRequest scan = split.scan();
    OptionalInt size = pageSize(scan);
    OptionalInt asked = wantedSize(scan);
    if (asked.isPresent() && size.isPresent() && asked.getAsInt() > size.getAsInt()) {
      context.warn(
          String.format(
              Locale.ROOT,
              "%s.%s: a page has at most %,d rows; asked for that instead of %,d",
              settings.source(),
              spec.name(),
              size.getAsInt(),
              asked.getAsInt()));
    }
    OptionalInt limited =
        size.isPresent() && scan.limit().isPresent()
            ? OptionalInt.of((int) Math.max(1, Math.min(size.getAsInt(), scan.limit().getAsLong())))
            : size;
    return new RestPageFetcher(door, context, settings.root(), spec, scan, limited);
  }

  /** The value that the request gives to a column; empty if it gives none. */
  static Optional<Object> given(ScanRequest scan, String column) {
    return scan.filters().stream()
        .filter(filter -> filter instanceof Call call && call.function() == Function.EQ)
        .map(filter -> ((Call) filter).arguments())
        .filter(
            arguments ->
                arguments.get(0) instanceof Expression.ColumnRef ref && ref.name().equals(column))
        .map(arguments -> ((Constant) arguments.get(1)).value())
        .flatMap(value -> Optional.ofNullable(value).stream())
        .findFirst();
  }
}
