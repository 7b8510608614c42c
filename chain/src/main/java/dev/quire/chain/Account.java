package dev.quire.chain;

import dev.quire.spi.Durations;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What one statement has spent of one budget: that of all sources, or of one. Thread-safe. */
final class Account {
  private final String owner;
  private final String place;
  private final Bounds bounds;
  private long calls;
  private long bytes;
  private long rows;
  private Duration time = Duration.ZERO;

  /**
   * @param place of its keys in the configuration: {@code limits}, {@code sources.crm.limits}
   */
  private Account(String owner, String place, Bounds bounds) {
    this.owner = owner;
    this.place = place;
    this.bounds = bounds;
  }

  static Account ofStatement(Bounds bounds) {
    return new Account(BudgetState.STATEMENT, "limits", bounds);
  }

  static Account ofSource(String source, Bounds bounds) {
    return new Account(source, "sources." + source + ".limits", bounds);
  }

  Bounds bounds() {
    return bounds;
  }

  /**
   * Takes a call.
   *
   * @throws SourceException BUDGET_EXCEEDED, and then nothing is taken
   */
  synchronized void take() {
    Budget budget = bounds.budget();
    if (calls >= budget.calls()) {
      throw exceeded(amount(budget.calls(), "call"), "calls");
    }
    if (bytes >= budget.bytes()) {
      throw exceeded(String.format(Locale.ROOT, "%,d bytes", budget.bytes()), "bytes");
    }
    if (rows >= budget.rows()) {
      throw exceeded(amount(budget.rows(), "row"), "rows");
    }
    if (!isStatement() && budget.time().filter(most -> time.compareTo(most) >= 0).isPresent()) {
      throw exceeded(Durations.format(budget.time().orElseThrow()), "time");
    }
    calls++;
  }

  synchronized void giveBack() {
    calls--;
  }

  synchronized void spend(RequestReport report) {
    bytes += report.bytes();
    time = time.plus(report.waited()).plus(report.took());
  }

  synchronized void read(long more) {
    rows += more;
  }

  private boolean isStatement() {
    return owner.equals(BudgetState.STATEMENT);
  }

  private SourceException exceeded(String what, String key) {
    String whose = isStatement() ? "budget of " : "budget for " + owner + " of ";
    String flag = isStatement() ? "--max-" + key + ", " : "";
    return new SourceException(
            ErrorKind.BUDGET_EXCEEDED,
            "the statement's " + whose + what + " is used up, and more would be needed")
        .withHint("Raise the limit (" + flag + place + "." + key + ") or ask for fewer rows.");
  }

  static String amount(long number, String unit) {
    return String.format(Locale.ROOT, "%,d %s%s", number, unit, number == 1 ? "" : "s");
  }

  /** Whether only an answer that was read whole tells what is left. */
  boolean countsAnswers() {
    return states().stream().anyMatch(state -> !state.counted().equals("calls"));
  }

  /** How its bounds stand, those of the day as well. */
  List<BudgetState> states() {
    List<BudgetState> states = new ArrayList<>();
    synchronized (this) {
      Budget budget = bounds.budget();
      add(states, "calls", budget.calls(), calls);
      add(states, "bytes", budget.bytes(), bytes);
      add(states, "rows", budget.rows(), rows);
      Optional<Duration> most = isStatement() ? Optional.empty() : budget.time();
      most.ifPresent(limit -> add(states, "ms", limit.toMillis(), time.toMillis()));
    }
    bounds.day().ifPresent(day -> states.addAll(day.states()));
    return states;
  }

  private void add(List<BudgetState> states, String unit, long limit, long spent) {
    if (limit < Long.MAX_VALUE) {
      states.add(new BudgetState(owner, unit, limit, spent));
    }
  }
}
