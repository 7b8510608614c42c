package dev.quire.cli;

import dev.quire.engine.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** How far a statement is, in one line; what matters most comes first. */
final class ProgressText {
  private static final Duration TOO_EARLY_TO_TELL = Duration.ofSeconds(1);

  private ProgressText() {}

  /**
   * {@code 15,000 rows read, about 12 s left, 3 pages, 3 calls, 1.2 MB, 4 s}, or with {@code
   * waiting 17 s: throttled}.
   *
   * @param elapsed since the statement was started
   */
  static String of(Progress progress, Duration elapsed) {
    List<String> parts = new ArrayList<>();
    parts.add(Amounts.of(progress.rowsRead(), "row") + " read");
    progress
        .waiting()
        .ifPresent(wait -> parts.add("waiting " + rounded(wait.left()) + ": " + wait.reason()));
    if (progress.waiting().isEmpty() && elapsed.compareTo(TOO_EARLY_TO_TELL) >= 0) {
      left(progress.share(), elapsed, parts);
    }
    parts.add(Amounts.of(progress.costs().pages(), "page"));
    parts.add(Amounts.of(progress.costs().calls(), "call"));
    parts.add(Amounts.bytes(progress.costs().bytes()));
    parts.add(elapsed.toSeconds() + " s");
    return String.join(", ", parts);
  }

  private static void left(OptionalDouble share, Duration elapsed, List<String> parts) {
    if (share.isPresent() && share.getAsDouble() < 1) {
      double nanos = elapsed.toNanos() * (1 - share.getAsDouble()) / share.getAsDouble();
      parts.add("about " + rounded(Duration.ofNanos((long) nanos)) + " left");
    }
  }

  /** Whole seconds, minutes or hours, rounded up. */
  private static String rounded(Duration time) {
    long seconds = (time.toMillis() + 999) / 1_000;
    if (seconds < 100) {
      return seconds + " s";
    }
    long minutes = (seconds + 59) / 60;
    return minutes < 100 ? minutes + " min" : (minutes + 59) / 60 + " h";
  }
}
