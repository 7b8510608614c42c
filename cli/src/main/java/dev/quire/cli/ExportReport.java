package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.export.ExportOutcome;
import dev.quire.export.ExportOutcome.Stop;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Set;

/** What became of an export, in words on standard error and as an exit code. */
final class ExportReport {
  private static final Set<ErrorKind> USED_UP =
      Set.of(ErrorKind.BUDGET_EXCEEDED, ErrorKind.DEADLINE_EXCEEDED);

  private final Surroundings surroundings;
  private final boolean quiet;
  private final long started;

  ExportReport(Surroundings surroundings, boolean quiet) {
    this.surroundings = surroundings;
    this.quiet = quiet;
    this.started = surroundings.context().time().nanoTime();
  }

  /**
   * Says how it ended.
   *
   * @param name of the destination
   * @return the exit code
   */
  int of(ExportOutcome outcome, String name) {
    outcome.warnings().forEach(warning -> say("warning: " + warning));
    if (outcome.complete()) {
      if (!quiet) {
        say(line("complete", outcome));
        say("  " + all(outcome) + " in " + name);
      }
      return ExitCodes.COMPLETE;
    }
    Stop stop = outcome.stop().orElseThrow();
    int code = stopped(stop, outcome);
    stop.kept().ifPresent(kept -> say("  " + all(outcome) + " are kept in " + kept));
    advise(stop, outcome.rows() == 0 && outcome.inAll().runs() > 1);
    return code;
  }

  private int stopped(Stop stop, ExportOutcome outcome) {
    if (surroundings.interrupts().raised()) {
      say(line("interrupted", outcome));
      return ExitCodes.INTERRUPTED;
    }
    if (stop.fault().isEmpty() || (isUsedUp(stop) && stop.kept().isPresent())) {
      say(line("partial", outcome) + ": " + stop.reason());
      return ExitCodes.PARTIAL;
    }
    int code = new FaultReport(surroundings).report(stop.fault().get(), false);
    if (outcome.rows() > 0 && code != ExitCodes.OUTPUT_CLOSED) {
      say(line("failed", outcome));
    }
    return code;
  }

  private static boolean isUsedUp(Stop stop) {
    return stop.fault().orElseThrow() instanceof SourceException known
        && USED_UP.contains(known.kind());
  }

  /**
   * @param refused whether this run went on from a place and came to nothing: the service may not
   *     take that place any more
   */
  private void advise(Stop stop, boolean refused) {
    if (stop.kept().isPresent()) {
      say(
          stop.startsOver()
              .map(why -> "  --resume would read everything again: " + why + ".")
              .orElse("  Go on with the same command and --resume."));
      if (refused) {
        say("  If the service no longer takes that place, start over with --restart.");
      }
    }
  }

  /** The rows of all runs. */
  private static String all(ExportOutcome outcome) {
    String rows = Amounts.of(outcome.inAll().rows(), "row");
    return outcome.inAll().runs() > 1
        ? rows + " of " + Amounts.of(outcome.inAll().runs(), "run")
        : rows;
  }

  private String line(String verdict, ExportOutcome outcome) {
    long nanos = surroundings.context().time().nanoTime() - started;
    return Footer.line(verdict, outcome.rows(), outcome.costs(), nanos)
        + Footer.quotas(outcome.usage());
  }

  private void say(String text) {
    surroundings.err().println(DisplayText.harmlessLines(text));
  }
}
