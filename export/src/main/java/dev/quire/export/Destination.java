package dev.quire.export;

import dev.quire.engine.ResultColumn;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go, and where it is kept how far they have come. One thread at a time; a second
 * process, or a second one of these, on the same output is refused by {@link #open}.
 */
public interface Destination extends AutoCloseable {

  /** What it is to people: {@code runs.csv.gz}. */
  String name();

  /** The format and the compression, or the kind of database. */
  String output();

  /**
   * Takes the output for this process alone, and says what an unfinished run has left.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION where it is taken, or cannot be written
   */
  Optional<ExportCheckpoint> open() throws IOException;

  /** Starts over: what an unfinished run has left is gone. */
  void begin(List<ResultColumn> columns) throws IOException;

  /**
   * Goes on after a commit: what was written later is gone.
   *
   * @throws dev.quire.spi.SourceException INVALID_VALUE where the output is not what was committed
   */
  void restore(List<ResultColumn> columns, Position from) throws IOException;

  void write(@Nullable Object[] row) throws IOException;

  /**
   * Whether it is time to commit.
   *
   * @param sinceLast since the last commit
   * @param betweenPages whether all rows of a page are written, so that nothing is asked for twice
   */
  boolean wantsCommit(Duration sinceLast, boolean betweenPages);

  /** Makes the rows durable and then, for good, the checkpoint over their position. */
  void commit(Function<Position, ExportCheckpoint> checkpoint) throws IOException;

  /** All rows are committed: the output gets its name, the checkpoint goes. */
  void complete() throws IOException;

  /**
   * No more rows come now: makes what is committed readable.
   *
   * @return where it is; empty where the rows are as they should be
   */
  Optional<String> suspend() throws IOException;

  /** Lets go of it; what is not committed is lost. May be repeated. */
  @Override
  void close();
}
