package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import dev.quire.export.Position;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All rows in one file. One thread at a time. */
final class SingleFile implements FileOutput {
  private static final String BYTES = "bytes";

  private final Disk disk;
  private final Path partial;
  private final FileSink.Format format;
  private @Nullable FileSink sink;

  SingleFile(Disk disk, Path partial, FileSink.Format format) {
    this.disk = disk;
    this.partial = partial;
    this.format = format;
  }

  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    FileChannel channel = disk.write(partial);
    sink = format.open(channel);
    sink.begin(columns);
  }

  @Override
  public void restore(List<ResultColumn> columns, Position from) throws IOException {
    FileChannel channel = disk.write(partial);
    sink = format.open(channel);
    requireBytes(partial, channel, from.of(BYTES));
    sink.restore(columns, from.of(BYTES));
  }

  /** A file that is shorter than what was committed has been changed by somebody. */
  static void requireBytes(Path file, FileChannel channel, long bytes) throws IOException {
    if (channel.size() < bytes) {
      throw new SourceException(
              ErrorKind.INVALID_VALUE,
              String.format(
                  Locale.ROOT,
                  "%s has %,d bytes, and %,d were committed: it was changed or replaced",
                  file,
                  channel.size(),
                  bytes))
          .withHint("Start over with --restart.");
    }
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    sink().write(row);
  }

  @Override
  public boolean isFull() {
    return sink().isFull();
  }

  @Override
  public Position commit() throws IOException {
    return Position.of(Map.of(BYTES, sink().commit()));
  }

  @Override
  public void finish() throws IOException {
    sink().finish();
  }

  @Override
  public void discard() throws IOException {
    Durable.delete(partial);
  }

  @Override
  public Path partial() {
    return partial;
  }

  private FileSink sink() {
    if (sink == null) {
      throw new IllegalStateException("not begun");
    }
    return sink;
  }

  @Override
  public void close() throws IOException {
    if (sink != null) {
      sink.close();
    }
  }
}
