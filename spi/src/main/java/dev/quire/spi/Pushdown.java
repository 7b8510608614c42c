package dev.quire.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A source's answer to a wanted scan. The engine may narrow the columns of {@code accepted} before
 * it opens the scan, counts rows itself whatever was accepted, and does the residual: every part
 * that is not EXACT.
 *
 * @param wanted the question
 * @param accepted what the source will do: the wanted scan without the parts answered NONE
 * @param filters one answer per filter of {@code wanted}, in its order
 * @param order EXACT or NONE
 * @param limit EXACT, NARROWING (a hint for the page size) or NONE
 * @param offset EXACT or NONE
 * @param aggregation EXACT or NONE
 * @param pageSize rows that the source answers per page at most, where known
 * @param notes why something is not pushed, or what to know about it, for EXPLAIN; one short clause
 *     each
 */
public record Pushdown(
    ScanRequest wanted,
    ScanRequest accepted,
    List<Fidelity> filters,
    Fidelity order,
    Fidelity limit,
    Fidelity offset,
    Fidelity aggregation,
    OptionalInt pageSize,
    List<String> notes) {

  public Pushdown {
    filters = List.copyOf(filters);
    notes = List.copyOf(notes);
    if (filters.size() != wanted.filters().size()) {
      throw new IllegalArgumentException("one answer per filter");
    }
    boolean filtered = filters.stream().allMatch(each -> each == Fidelity.EXACT);
    boolean ordered = wanted.order().isEmpty() || order == Fidelity.EXACT;
    if (offset == Fidelity.EXACT && wanted.offset() > 0 && !(filtered && ordered)) {
      throw new IllegalArgumentException(
          "an offset over a residual filter or order leaves out wrong rows");
    }
    boolean skipped = wanted.offset() == 0 || offset == Fidelity.EXACT;
    if (limit == Fidelity.EXACT
        && wanted.limit().isPresent()
        && !(filtered && ordered && skipped)) {
      throw new IllegalArgumentException(
          "a limit over a residual filter, order or offset loses rows");
    }
    if (aggregation == Fidelity.EXACT && wanted.aggregation().isPresent() && !filtered) {
      throw new IllegalArgumentException("an aggregation over a residual filter counts wrong rows");
    }
  }

  /** The answer of a source that only reads: columns and nothing else. */
  public static Pushdown nothing(ScanRequest wanted) {
    return filtering(wanted, each -> Fidelity.NONE);
  }

  /**
   * An answer in which filters are judged one by one and nothing else is done; go on with the
   * {@code with…} methods.
   */
  public static Pushdown filtering(ScanRequest wanted, Function<Expression, Fidelity> judge) {
    List<Fidelity> answers = wanted.filters().stream().map(judge).toList();
    List<Expression> kept = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) != Fidelity.NONE) {
        kept.add(wanted.filters().get(i));
      }
    }
    ScanRequest accepted =
        ScanRequest.of(wanted.columns()).withFilters(kept).withPageSize(wanted.pageSize());
    return new Pushdown(
        wanted,
        accepted,
        answers,
        Fidelity.NONE,
        Fidelity.NONE,
        Fidelity.NONE,
        Fidelity.NONE,
        OptionalInt.empty(),
        List.of());
  }

  /** The source sorts as wanted. */
  public Pushdown withOrder() {
    return new Pushdown(
        wanted,
        accepted.withOrder(wanted.order()),
        filters,
        Fidelity.EXACT,
        limit,
        offset,
        aggregation,
        pageSize,
        notes);
  }

  /** The source leaves out the wanted offset. */
  public Pushdown withOffset() {
    return new Pushdown(
        wanted,
        accepted.withOffset(wanted.offset()),
        filters,
        order,
        limit,
        Fidelity.EXACT,
        aggregation,
        pageSize,
        notes);
  }

  /** The source stops at the wanted limit (EXACT), or takes it as a hint (NARROWING). */
  public Pushdown withLimit(Fidelity how) {
    OptionalLong taken = how == Fidelity.NONE ? OptionalLong.empty() : wanted.limit();
    return new Pushdown(
        wanted,
        accepted.withLimit(taken),
        filters,
        order,
        how,
        offset,
        aggregation,
        pageSize,
        notes);
  }

  /** The source groups as wanted; its rows are groups. */
  public Pushdown withAggregation() {
    return new Pushdown(
        wanted,
        accepted.withColumns(List.of()).withAggregation(wanted.aggregation()),
        filters,
        order,
        limit,
        offset,
        Fidelity.EXACT,
        pageSize,
        notes);
  }

  public Pushdown withPageSize(int rows) {
    return new Pushdown(
        wanted, accepted, filters, order, limit, offset, aggregation, OptionalInt.of(rows), notes);
  }

  public Pushdown withNote(String note) {
    List<String> all = new ArrayList<>(notes);
    all.add(note);
    return new Pushdown(
        wanted, accepted, filters, order, limit, offset, aggregation, pageSize, all);
  }

  /**
   * Whether every filter is EXACT, so that order, limit, offset and aggregation may be considered.
   */
  public boolean filtersAreExact() {
    return filters.stream().allMatch(each -> each == Fidelity.EXACT);
  }

  /** The wanted filters that the engine must apply itself, in their order. */
  public List<Expression> residualFilters() {
    List<Expression> residual = new ArrayList<>();
    for (int i = 0; i < filters.size(); i++) {
      if (filters.get(i) != Fidelity.EXACT) {
        residual.add(wanted.filters().get(i));
      }
    }
    return residual;
  }

  /** Whether the wanted aggregation is done by the source. */
  public Optional<ScanRequest.Aggregation> pushedAggregation() {
    return accepted.aggregation();
  }
}
