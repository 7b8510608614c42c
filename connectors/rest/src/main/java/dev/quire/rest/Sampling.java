package dev.quire.rest;

import dev.quire.rest.json.JsonTree;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.rest.spec.TableSpec;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out the columns of a table from its first page, which is kept for the statement. Immutable.
 */
record Sampling(Service service, TableSpec table, FirstPages firstPages) {
  private static final String ROW = "@row";
  private static final String KEY = "@key";

  /** The table with its columns. Asks for one page, and for one of each parent at most. */
  TableSpec completed(CallContext context) {
    List<Expression> filters = filters(context);
    boolean keyed = table.answer().rows().shape() == Rows.Shape.MAP;
    List<ColumnSpec> columns = new ArrayList<>(table.columns());
    columns.add(ColumnSpec.of(ROW, "json", Pointer.ROOT));
    columns.add(ColumnSpec.of(KEY, "string", Pointer.to(KEY)));
    TableSpec whole = table.withColumns(columns);
    Split split =
        Split.whole(
            table.name(),
            ScanRequest.of(keyed ? List.of(ROW, KEY) : List.of(ROW)).withFilters(filters));
    OptionalInt size =
        table
            .pageSize()
            .map(each -> each.clamp(service.settings().pageSize()))
            .orElse(OptionalInt.empty());
    try (RestPageFetcher fetcher =
        new RestPageFetcher(service.channel(context), whole, split, size, firstPages)) {
      List<@Nullable Object> rows = new ArrayList<>();
      for (@Nullable Object[] row : fetcher.first().answer().rows()) {
        rows.add(row[0] == null ? null : JsonTree.parse((String) row[0]));
      }
      if (rows.isEmpty()) {
        throw undecided("its first page has no rows");
      }
      return new InferredColumns(table, rows).completed();
    } catch (SourceException e) {
      throw e.withPlace(
          service.place(table.name().toString()) + ", whose columns the spec leaves open");
    }
  }

  /** A value for each name of the path: the spec's sample, or a row of the parent. */
  private List<Expression> filters(CallContext context) {
    List<Expression> filters = new ArrayList<>();
    for (ColumnSpec column : table.columns()) {
      String value = table.sample().get(column.name());
      if (value != null) {
        filters.add(
            Expression.call(
                Function.EQ,
                new ColumnRef(column.name(), column.column().type()),
                new Constant(value, column.column().type())));
      }
    }
    Optional<Parents> parents = Parents.of(service, table);
    if (parents.isPresent() && !parents.get().isNeedless(filters)) {
      return parents
          .get()
          .first(filters, context)
          .orElseThrow(() -> undecided("its parent has no rows"));
    }
    Set<String> missing =
        table.missing(filters.stream().flatMap(each -> each.columns().stream()).toList());
    if (!missing.isEmpty()) {
      throw undecided("its path takes a value for " + String.join(" and ", missing));
    }
    return filters;
  }

  private SourceException undecided(String why) {
    return new SourceException(
            ErrorKind.CONFIGURATION,
            "the columns of " + service.place(table.name().toString()) + " are unknown: " + why)
        .withHint(
            "Declare 'columns' in the spec, or give the path sample values: 'sample: {name: value}'.");
  }
}
