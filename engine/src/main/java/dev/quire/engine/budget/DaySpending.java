package dev.quire.engine.budget;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one day has cost, in UTC. Immutable. */
record DaySpending(LocalDate day, long calls, long bytes) {
  private static final Pattern FORM =
      Pattern.compile(
          "quire-day 1\\Rday (\\d{4}-\\d{2}-\\d{2})\\Rcalls (\\d{1,18})\\Rbytes (\\d{1,18})\\s*");

  static DaySpending nothing(LocalDate day) {
    return new DaySpending(day, 0, 0);
  }

  /**
   * The spending of another day: nothing, if that is later. A clock that was set back begins no new
   * day, so what was spent stays spent.
   */
  DaySpending on(LocalDate today) {
    return today.isAfter(day) ? nothing(today) : new DaySpending(today, calls, bytes);
  }

  DaySpending plus(long moreCalls, long moreBytes) {
    return new DaySpending(day, Math.max(0, calls + moreCalls), bytes + moreBytes);
  }

  /** Empty for a text of another form. */
  static Optional<DaySpending> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new DaySpending(
              LocalDate.parse(matcher.group(1)),
              Long.parseLong(matcher.group(2)),
              Long.parseLong(matcher.group(3))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  String text() {
    return "quire-day 1\nday " + day + "\ncalls " + calls + "\nbytes " + bytes + "\n";
  }
}
