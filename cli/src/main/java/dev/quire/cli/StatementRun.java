package dev.quire.cli;

import dev.quire.chain.Costs;
import dev.quire.chain.Verdict;
import dev.quire.cli.format.DisplayText;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.export.text.RowWriter;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One statement from its text to its footer. One thread at a time. */
final class StatementRun {
  private final Surroundings surroundings;
  private final boolean quiet;
  private final ProgressDisplay progress;
  private final Consumer<Result> begun;
  private final long started;

  StatementRun(Surroundings surroundings, boolean quiet, ProgressDisplay progress) {
    this(surroundings, quiet, progress, result -> {});
  }

  /**
   * @param begun told of the result before its first row
   */
  StatementRun(
      Surroundings surroundings, boolean quiet, ProgressDisplay progress, Consumer<Result> begun) {
    this.begun = begun;
    this.surroundings = surroundings;
    this.quiet = quiet;
    this.progress = progress;
    this.started = surroundings.context().time().nanoTime();
  }

  /**
   * Writes the rows to the target.
   *
   * @return the exit code
   */
  int run(
      Engine engine, String sql, StatementOptions options, RowWriter writer, OutputTarget target)
      throws IOException {
    try (Result result = engine.query(sql, options);
        Registration interest = surroundings.interrupts().onInterrupt(result::cancel);
        ProgressDisplay watching = progress) {
      begun.accept(result);
      watching.watch(result::progress);
      try {
        writeRows(result, writer);
        return finish(result, target);
      } catch (SourceException e) {
        return breakOff(result, writer, target, e);
      }
    }
  }

  /** Begins with the first row, so that a statement that fails at once writes nothing. */
  private static void writeRows(Result result, RowWriter writer) throws IOException {
    @Nullable Object @Nullable [] row = result.next();
    writer.begin(result.columns());
    while (row != null) {
      writer.write(row);
      row = result.next();
    }
    writer.end();
  }

  private int finish(Result result, OutputTarget target) throws IOException {
    progress.close();
    Verdict verdict = result.verdict();
    Optional<String> kept = Optional.empty();
    if (verdict.complete()) {
      target.complete();
    } else {
      kept = target.partial();
    }
    warn(result);
    if (verdict.complete()) {
      if (!quiet) {
        say(footer("complete", result));
      }
      return ExitCodes.COMPLETE;
    }
    say(footer("partial", result) + ": " + verdict.reason().orElse("no reason was given"));
    kept.ifPresent(file -> say("The rows are kept in " + file));
    return ExitCodes.PARTIAL;
  }

  /** The rows so far stay visible on standard output; a file is given up. */
  private int breakOff(Result result, RowWriter writer, OutputTarget target, SourceException fault)
      throws IOException {
    progress.close();
    if (result.rows() > 0) {
      writer.release();
    }
    target.stream().flush();
    warn(result);
    if (surroundings.interrupts().raised()) {
      say(footer("interrupted", result));
      return ExitCodes.INTERRUPTED;
    }
    if (result.rows() > 0) {
      say(footer("failed", result));
    }
    throw fault;
  }

  private String footer(String verdict, Result result) {
    long nanos = surroundings.context().time().nanoTime() - started;
    Costs costs = result.costs();
    return Footer.line(verdict, result.rows(), costs, nanos) + Footer.quotas(result.usage());
  }

  private void warn(Result result) {
    for (String warning : result.warnings()) {
      say("warning: " + warning);
    }
    if (!quiet) {
      result.notes().forEach(note -> say("note: " + note));
    }
  }

  private void say(String text) {
    surroundings.err().println(DisplayText.harmlessLines(text));
  }
}
