package dev.quire.export;

import dev.quire.chain.Verdict;
import dev.quire.engine.Result;
import dev.quire.engine.ResumePoint;
import dev.quire.export.ExportCheckpoint.Counts;
import dev.quire.export.ExportCheckpoint.Identity;
import dev.quire.export.ExportOutcome.Stop;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of an export from its first row to its outcome. One thread at a time. */
final class ExportRun {
  private final Result result;
  private final Destination destination;
  private final Identity identity;
  private final Counts before;
  private final TimeSource time;
  private long rowsBefore;
  private long written;
  private long committed;
  private long pageRows;
  private long lastCommit;

  /**
   * @param former what former runs did, also where this one starts over
   */
  ExportRun(
      Result result,
      Destination destination,
      Identity identity,
      Optional<ExportCheckpoint> former,
      TimeSource time) {
    this.result = result;
    this.destination = destination;
    this.identity = identity;
    this.before = former.map(ExportCheckpoint::counts).orElse(Counts.NONE);
    this.time = time;
  }

  /**
   * @param from where to go on; empty to start over
   */
  ExportOutcome run(Optional<ExportCheckpoint> from, Export.Watch watch) throws IOException {
    if (from.isPresent()) {
      destination.restore(result.columns(), from.get().position());
      rowsBefore = before.rows();
    }
    lastCommit = time.nanoTime();
    try (AutoCloseable watching = watch.begin(result, rowsBefore)) {
      if (from.isEmpty() || !from.get().allRead()) {
        read(from.isPresent());
      }
      Verdict verdict = result.verdict();
      return verdict.complete() || allReadBefore(from)
          ? complete()
          : stopped(verdict.reason().orElse("no reason was given"), Optional.empty());
    } catch (SourceException e) {
      return broken(e);
    } catch (IOException e) {
      return broken(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean allReadBefore(Optional<ExportCheckpoint> from) {
    return from.isPresent() && from.get().allRead();
  }

  /** Begins with the first row, so that a statement that fails at once leaves nothing. */
  private void read(boolean begun) throws IOException {
    @Nullable Object @Nullable [] row = result.next();
    if (!begun) {
      destination.begin(result.columns());
    }
    while (row != null) {
      destination.write(row);
      written++;
      commitIfWanted();
      row = result.next();
    }
  }

  /** A page is over when as many rows are written as were read, or when those of another came. */
  private void commitIfWanted() throws IOException {
    Duration since = Duration.ofNanos(time.nanoTime() - lastCommit);
    if (destination.wantsCommit(since, false)) {
      commit(false);
    } else if (destination.wantsCommit(since, true)) {
      long read = result.progress().rowsRead();
      if (read == result.rows() || read != pageRows) {
        pageRows = read;
        commit(false);
      }
    }
  }

  private void commit(boolean allRead) throws IOException {
    Optional<String> resume = result.resumePoint().map(ResumePoint::text);
    long rows = written;
    destination.commit(
        position -> new ExportCheckpoint(identity, resume, position, counts(rows), allRead));
    committed = rows;
    lastCommit = time.nanoTime();
  }

  private Counts counts(long rows) {
    return new Counts(
        rowsBefore + rows,
        before.calls() + result.costs().calls(),
        before.bytes() + result.costs().bytes(),
        before.runs() + 1);
  }

  private ExportOutcome complete() throws IOException {
    commit(true);
    destination.complete();
    return outcome(Optional.empty());
  }

  /** The rows that were handed out are right; they are kept where that is possible. */
  private ExportOutcome broken(Exception fault) {
    return stopped(reason(fault), Optional.of(fault));
  }

  private static String reason(Exception fault) {
    return fault instanceof SourceException known ? known.problem() : String.valueOf(fault);
  }

  private ExportOutcome stopped(String reason, Optional<Exception> fault) {
    Optional<String> kept = Optional.empty();
    Optional<Exception> first = fault;
    try {
      if (written > committed && !(fault.orElse(null) instanceof IOException)) {
        commit(false);
      }
      kept = destination.suspend();
    } catch (IOException e) {
      first = Optional.of(first.orElse(e));
    }
    return outcome(Optional.of(new Stop(reason, first, kept, result.notResumable())));
  }

  private ExportOutcome outcome(Optional<Stop> stop) {
    return new ExportOutcome(
        counts(committed), committed, result.costs(), result.usage(), result.warnings(), stop);
  }
}
