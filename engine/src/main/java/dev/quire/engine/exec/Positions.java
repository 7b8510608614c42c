package dev.quire.engine.exec;

import dev.quire.chain.ScanPosition;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the scans and limits of one execution stand. A position is that between two rows: what was
 * taken for a row that then failed above, in a filter or a projection, counts as not taken. One
 * thread at a time.
 */
public final class Positions {
  private final PlanPosition start;
  private final boolean byKey;
  private final List<Place<ScanPosition>> scans = new ArrayList<>();
  private final List<Place<Long>> limits = new ArrayList<>();
  private long pull;

  /**
   * @param start where to begin; {@link PlanPosition#START} for the first row
   */
  public Positions(PlanPosition start) {
    this(start, false);
  }

  /**
   * @param byKey whether a scan whose continuation is no longer good goes on after its last row's
   *     key, where its rows come in that order
   */
  public Positions(PlanPosition start, boolean byKey) {
    this.start = start;
    this.byKey = byKey;
  }

  /** The place of one operator, which tells it once it is opened. */
  static final class Place<T> {
    private final Positions plan;
    private final T start;
    private Supplier<T> teller;

    private Place(Positions plan, T start) {
      this.plan = plan;
      this.start = start;
      this.teller = () -> start;
    }

    T start() {
      return start;
    }

    boolean goesOnByKey() {
      return plan.byKey;
    }

    /** A scan is asked for its next row, so what was taken before is done with. */
    void settle() {
      plan.settle();
    }

    /** The number of the row that is being made: what was taken for it is not settled yet. */
    long pull() {
      return plan.pull;
    }

    void toldBy(Supplier<T> operator) {
      teller = operator;
    }
  }

  /** The place of a scan that nobody asks for. */
  static Place<ScanPosition> untold() {
    return new Positions(PlanPosition.START).scan();
  }

  /** The place of the next scan of the plan. */
  Place<ScanPosition> scan() {
    return add(scans, start.scans(), ScanPosition.START);
  }

  /** The place of the next limit of the plan: how many rows it has taken. */
  Place<Long> limit() {
    return add(limits, start.limits(), 0L);
  }

  private <T> Place<T> add(List<Place<T>> places, List<T> given, T first) {
    Place<T> place =
        new Place<>(this, places.size() < given.size() ? given.get(places.size()) : first);
    places.add(place);
    return place;
  }

  /** Refuses a start of another shape than the plan, which is compiled by now. */
  void requireFitting() {
    boolean fits = start.scans().size() == scans.size() && start.limits().size() == limits.size();
    if (!fits && !start.isStart()) {
      throw new SourceException(
          ErrorKind.OUTDATED, "the place to resume at belongs to another plan");
    }
  }

  /** A row was handed out, or a scan is asked for one: nothing is half done. */
  void settle() {
    pull++;
  }

  /** Where the execution stands now. */
  public PlanPosition now() {
    return new PlanPosition(
        scans.stream().map(place -> place.teller.get()).toList(),
        limits.stream().map(place -> place.teller.get()).toList());
  }
}
