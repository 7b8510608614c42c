package dev.quire.export;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.ResultColumn;
import dev.quire.engine.ResumePoint;
import dev.quire.engine.StatementOptions;
import dev.quire.export.ExportCheckpoint.Identity;
import dev.quire.export.ExportRequest.Start;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Runs statements into destinations. Thread-safe, where the destinations are different ones. */
public final class Export {
  private final Engine engine;
  private final TimeSource time;

  public Export(Engine engine, TimeSource time) {
    this.engine = engine;
    this.time = time;
  }

  /** Looks after a statement while it runs. */
  public interface Watch {
    /**
     * @param former rows that former runs have committed
     * @return stops looking
     */
    AutoCloseable begin(Result result, long former);
  }

  /**
   * Runs one until it is complete or stops early.
   *
   * @throws SourceException what is wrong before the first row: the statement, the output, a
   *     checkpoint that does not belong to it
   * @throws IOException when the output cannot be written, before the first row
   */
  public ExportOutcome run(ExportRequest request, Destination destination, Watch watch)
      throws IOException {
    Optional<ExportCheckpoint> left = destination.open();
    if (left.isPresent() && request.start() == Start.FRESH) {
      throw unfinished(destination, left.get());
    }
    Optional<ExportCheckpoint> former = request.start() == Start.RESUME ? left : Optional.empty();
    former.ifPresent(each -> requireStatement(request, each));
    Optional<ResumePoint> point = former.flatMap(ExportCheckpoint::resume).map(ResumePoint::parse);
    StatementOptions options =
        point.map(each -> request.options().withResume(each)).orElse(request.options());
    try (Result result = started(request.sql(), options)) {
      Identity identity = identity(request, destination, result.columns());
      Optional<ExportCheckpoint> from = former.filter(each -> point.isPresent() || each.allRead());
      from.ifPresent(each -> requireSame(identity, each.identity()));
      ExportRun run = new ExportRun(result, destination, identity, former, time);
      return run.run(from, watch);
    }
  }

  /** The engine knows no command, so it cannot say which one starts over. */
  private Result started(String sql, StatementOptions options) {
    try {
      return engine.query(sql, options);
    } catch (SourceException e) {
      if (e.kind() != ErrorKind.OUTDATED) {
        throw e;
      }
      throw new SourceException(e.kind(), e.problem(), e)
          .withHint("Give the same command as at first, or start over with --restart.");
    }
  }

  private static SourceException unfinished(Destination destination, ExportCheckpoint left) {
    return new SourceException(
            ErrorKind.CONFIGURATION,
            String.format(
                java.util.Locale.ROOT,
                "an export to %s is unfinished, with %,d rows written",
                destination.name(),
                left.counts().rows()))
        .withHint("Go on with --resume, or give those rows up with --restart.");
  }

  private Identity identity(
      ExportRequest request, Destination destination, List<ResultColumn> columns) {
    return new Identity(
        request.sql().strip(),
        engine.openSources().stream()
            .map(Source::name)
            .map(request.fingerprints())
            .sorted()
            .toList(),
        destination.output(),
        columns.stream().map(each -> each.name() + " " + each.type().sqlName()).toList());
  }

  private static void requireStatement(ExportRequest request, ExportCheckpoint former) {
    String was = former.identity().statement();
    if (!was.equals(request.sql().strip())) {
      throw another("is one of another statement:\n    " + was.replace("\n", "\n    "));
    }
  }

  private static void requireSame(Identity now, Identity was) {
    if (!was.sources().equals(now.sources())) {
      throw another("was begun with a source that is configured otherwise now");
    }
    if (!was.output().equals(now.output())) {
      throw another("is one to " + was.output() + ", not to " + now.output());
    }
    if (!was.columns().equals(now.columns())) {
      throw another("has other columns, " + was.columns() + "; now there are " + now.columns());
    }
  }

  private static SourceException another(String what) {
    return new SourceException(ErrorKind.CONFIGURATION, "the unfinished export " + what)
        .withHint("Finish that one first, give it up with --restart, or choose another output.");
  }
}
