package dev.quire.odata;

import dev.quire.odata.metadata.EntityTable;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.profile.Aggregates;
import dev.quire.odata.profile.Profile;
import dev.quire.odata.query.Condition;
import dev.quire.odata.query.FilterTranslator;
import dev.quire.odata.query.GroupTranslator;
import dev.quire.odata.query.NullRejection;
import dev.quire.odata.query.UrlText;
import dev.quire.spi.Expression;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.ScanRequest.Aggregation;
import dev.quire.spi.ScanRequest.SortKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what of a wanted scan the service does. Pure. Immutable. */
final class ScanPlanner {
  /** Characters of a URL left for the set's name and the options that are not filters. */
  private static final int ROOM_FOR_OPTIONS = 1_000;

  private final EntityTable table;
  private final ODataSettings settings;
  private final FilterTranslator filters;

  ScanPlanner(EntityTable table, ODataSettings settings) {
    this.table = table;
    this.settings = settings;
    this.filters = new FilterTranslator(table, settings.profile());
  }

  Pushdown plan(ScanRequest wanted) {
    if (table.singleton()) {
      return Pushdown.nothing(wanted)
          .withPageSize(1)
          .withNote("a singleton is one row, and is read whole");
    }
    List<Condition> conditions = conditions(wanted.filters());
    Iterator<Condition> answers = conditions.iterator();
    Pushdown pushdown = Pushdown.filtering(wanted, filter -> answers.next().fidelity());
    for (String note : notes(conditions)) {
      pushdown = pushdown.withNote(note);
    }
    OptionalInt pageSize = settings.pageSize(wanted.pageSize());
    if (pageSize.isPresent()) {
      pushdown = pushdown.withPageSize(pageSize.getAsInt());
    }
    return wanted.aggregation().isPresent()
        ? aggregated(pushdown)
        : limited(skipped(ordered(pushdown)), pageSize);
  }

  /** Conditions one by one, as long as the URL has room for them. */
  private List<Condition> conditions(List<Expression> wanted) {
    List<Condition> answers = new ArrayList<>();
    int characters = settings.root().length() + ROOM_FOR_OPTIONS;
    int comparisons = 0;
    for (Expression filter : wanted) {
      Condition answer = filters.translate(filter);
      int length = UrlText.query(answer.text()).length() + 9;
      if (characters + length > settings.profile().longestUrl()
          || comparisons + answer.comparisons() > settings.profile().maxConditions()) {
        answers.add(new Condition(Fidelity.NONE, "", 0, "a condition is too long for a URL"));
      } else {
        characters += length;
        comparisons += answer.comparisons();
        answers.add(answer);
      }
    }
    return answers;
  }

  private static Set<String> notes(List<Condition> conditions) {
    Set<String> notes = new LinkedHashSet<>();
    for (Condition condition : conditions) {
      if (condition.fidelity() == Fidelity.NARROWING) {
        notes.add("filtered again here: " + condition.note());
      } else if (condition.fidelity() == Fidelity.NONE) {
        notes.add("filtered here: " + condition.note());
      }
    }
    return notes;
  }

  private Pushdown ordered(Pushdown pushdown) {
    for (SortKey key : pushdown.wanted().order()) {
      String obstacle = obstacle(key, pushdown.wanted().filters());
      if (!obstacle.isEmpty()) {
        return pushdown.withNote("sorted here: " + obstacle);
      }
    }
    return pushdown.wanted().order().isEmpty() ? pushdown : pushdown.withOrder();
  }

  /** Why the service cannot sort by this as SQL does; empty if it can. */
  private String obstacle(SortKey key, List<Expression> filters) {
    Field field = table.requireField(key.column());
    if (!field.uses().sorts()) {
      return "the service does not sort by '" + field.name() + "'";
    }
    boolean nulls =
        field.column().nullable()
            && filters.stream().noneMatch(filter -> NullRejection.rejects(filter, key.column()));
    String place = nulls ? placeOfNulls(key) : "";
    return switch (field.kind()) {
      case STRING, ENUM, GUID, DURATION ->
          "the service's order of '" + field.name() + "' is not SQL's";
      case BINARY, STRUCTURE, STREAM -> "the service does not sort by '" + field.name() + "'";
      case SINGLE, DOUBLE ->
          settings.profile().nan() ? "services differ in where they put NaN" : place;
      default -> place;
    };
  }

  /** Why nulls do not stand where they are wanted; empty if they do. */
  private String placeOfNulls(SortKey key) {
    if (!settings.profile().sortsNulls() || !table.protocol().placesNulls()) {
      return "where the service puts nulls is not known";
    }
    // Nulls come first ascending and last descending (OData protocol 4.01, section 11.2.6.2).
    boolean elsewhere = key.nullsFirst() == key.descending();
    return elsewhere ? "the service puts nulls " + (key.descending() ? "last" : "first") : "";
  }

  private Pushdown skipped(Pushdown pushdown) {
    if (pushdown.wanted().offset() == 0 || !isReadyForLimits(pushdown)) {
      return pushdown;
    }
    return settings.profile().skip() && table.capabilities().skips()
        ? pushdown.withOffset()
        : pushdown.withNote("offset counted here: the service refuses $skip");
  }

  private static boolean isReadyForLimits(Pushdown pushdown) {
    return pushdown.filtersAreExact()
        && (pushdown.wanted().order().isEmpty() || pushdown.order() == Fidelity.EXACT);
  }

  private Pushdown limited(Pushdown pushdown, OptionalInt pageSize) {
    ScanRequest wanted = pushdown.wanted();
    boolean skipped = wanted.offset() == 0 || pushdown.offset() == Fidelity.EXACT;
    if (wanted.limit().isEmpty() || !skipped || !isReadyForLimits(pushdown)) {
      return pushdown;
    }
    if (!table.capabilities().limits()) {
      return pushdown.withNote("limit counted here: the service says that it has no $top");
    }
    boolean fitsOnePage = pageSize.isEmpty() || wanted.limit().getAsLong() <= pageSize.getAsInt();
    return switch (settings.profile().top()) {
      case LIMIT -> pushdown.withLimit(Fidelity.EXACT);
      case LIMIT_ALONE ->
          fitsOnePage
              ? pushdown.withLimit(Fidelity.EXACT)
              : pushdown.withNote("limit counted here: the service pages only without $top");
      case PAGE_SIZE ->
          pushdown
              .withLimit(Fidelity.NARROWING)
              .withNote("limit counted here: the service's $top is the size of a page");
    };
  }

  private Pushdown aggregated(Pushdown pushdown) {
    ScanRequest wanted = pushdown.wanted();
    Aggregation aggregation = wanted.aggregation().orElseThrow();
    if (wanted.offset() > 0 || wanted.limit().orElse(1) < 1 || !pushdown.filtersAreExact()) {
      return pushdown.withNote(
          aggregation.isCountAll()
              ? "counted here: a filter is not the service's alone"
              : "aggregated here: a filter is not the service's alone");
    }
    boolean related =
        Stream.concat(
                aggregation.groupBy().stream(),
                aggregation.measures().stream().flatMap(measure -> measure.column().stream()))
            .anyMatch(column -> table.requireField(column).navigation().isPresent());
    if (related) {
      return pushdown.withNote("aggregated here: it is by what rows refer to");
    }
    return aggregation.isCountAll() ? counted(pushdown) : grouped(pushdown, aggregation);
  }

  private Pushdown counted(Pushdown pushdown) {
    if (!table.capabilities().counts()) {
      return pushdown.withNote("counted here: the service says that it does not count");
    }
    if (settings.profile().count() == Profile.Count.PATH) {
      return pushdown.withAggregation();
    }
    return pushdown
        .withAggregation()
        .withNote(
            "the service's count stops at a page, and its $apply at 50,000 rows: beyond, rows are"
                + " counted here");
  }

  private Pushdown grouped(Pushdown pushdown, Aggregation aggregation) {
    Optional<Aggregates> ways = settings.aggregates(table);
    if (ways.isEmpty()) {
      return pushdown.withNote("aggregated here: only COUNT(*) is asked of the service");
    }
    Optional<String> obstacle =
        new GroupTranslator(table, settings.profile(), ways.get())
            .obstacle(aggregation, pushdown.wanted().filters());
    return obstacle
        .map(why -> pushdown.withNote("aggregated here: " + why))
        .orElseGet(pushdown::withAggregation);
  }
}
