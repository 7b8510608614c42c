package dev.quire.odata;

import dev.quire.http.HttpDoor;
import dev.quire.odata.metadata.Relation;
import dev.quire.spi.CallContext;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.SortKey;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A collection below the rows of an entity set. With the keys of those rows given, each collection
 * is read by its own path; without, all of them are expanded. Immutable and thread-safe.
 */
final class RelatedTable implements Table {
  private final HttpDoor door;
  private final ODataSettings settings;
  private final Relation relation;

  RelatedTable(HttpDoor door, ODataSettings settings, Relation relation) {
    this.door = door;
    this.settings = settings;
    this.relation = relation;
  }

  @Override
  public TableSchema schema() {
    return relation.schema();
  }

  @Override
  public Pushdown pushDown(ScanRequest wanted) {
    return ParentKeys.of(relation, wanted.filters())
        .map(keys -> byKeys(wanted, keys))
        .orElseGet(
            () ->
                Pushdown.nothing(wanted)
                    .withNote("read together with " + relation.parent().schema().name()));
  }

  private Pushdown byKeys(ScanRequest wanted, ParentKeys keys) {
    ScanPlanner planner = new ScanPlanner(relation.target(), settings);
    Pushdown own = planner.plan(ownOf(wanted, keys));
    Iterator<Fidelity> answers = own.filters().iterator();
    List<Fidelity> fidelities = new ArrayList<>();
    List<Expression> given = new ArrayList<>();
    for (int i = 0; i < wanted.filters().size(); i++) {
      boolean isKey = keys.filters().contains(i);
      fidelities.add(isKey ? Fidelity.EXACT : answers.next());
      if (isKey) {
        given.add(wanted.filters().get(i));
      }
    }
    ScanRequest accepted = own.accepted();
    return new Pushdown(
        wanted,
        accepted
            .withColumns(wanted.columns())
            .withFilters(Stream.concat(given.stream(), accepted.filters().stream()).toList()),
        fidelities,
        own.order(),
        own.limit(),
        own.offset(),
        Fidelity.NONE,
        own.pageSize(),
        own.notes());
  }

  /**
   * What is wanted of the collections themselves. Order, offset and limit hold for the whole, so
   * only where there is one collection.
   */
  private ScanRequest ownOf(ScanRequest wanted, ParentKeys keys) {
    List<String> parents = relation.parentColumns();
    ScanRequest own =
        wanted
            .withColumns(wanted.columns().stream().filter(each -> !parents.contains(each)).toList())
            .withFilters(keys.others(wanted.filters()))
            .withAggregation(Optional.empty());
    boolean one = keys.keys().size() == 1 && wanted.aggregation().isEmpty();
    return one && wanted.order().stream().map(SortKey::column).noneMatch(parents::contains)
        ? own
        : own.withOrder(List.of()).withOffset(0).withLimit(OptionalLong.empty());
  }

  @Override
  public PageFetcher open(Split split, CallContext context) {
    return new RelatedPages(door, context, settings, relation, split.scan());
  }
}
