package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows to one file, such that it can be cut back to a commit. One thread at a time. */
public interface FileSink extends AutoCloseable {

  /** Begins an empty file. */
  void begin(List<ResultColumn> columns) throws IOException;

  /**
   * Goes on after a commit.
   *
   * @param bytes what {@link #commit} gave
   */
  void restore(List<ResultColumn> columns, long bytes) throws IOException;

  void write(@Nullable Object[] row) throws IOException;

  /** Whether a commit is due without regard to time. */
  boolean isFull();

  /**
   * Makes the rows so far durable.
   *
   * @return where the file is to be cut to go on from here
   */
  long commit() throws IOException;

  /** Makes the committed rows a whole document, which {@link #restore} undoes. */
  void finish() throws IOException;

  @Override
  void close() throws IOException;

  /** Makes sinks of one format. */
  interface Format {
    /** {@code csv gzip}. */
    String name();

    /** {@code .csv.gz}. */
    String suffix();

    /** How long rows may stay uncommitted; each commit costs something. */
    java.time.Duration interval();

    FileSink open(java.nio.channels.FileChannel channel);
  }
}
