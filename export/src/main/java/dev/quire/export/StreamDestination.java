package dev.quire.export;

import dev.quire.engine.ResultColumn;
import dev.quire.export.text.RowWriter;
import dev.quire.export.text.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Standard output or a pipe: what is written is gone, so nothing can go on. */
public final class StreamDestination implements Destination {
  private final String name;
  private final OutputStream out;
  private final TextFormat format;
  private final RowWriter writer;

  /**
   * @param name what it is to people
   * @param out is flushed at commits, and not closed
   */
  public StreamDestination(String name, OutputStream out, TextFormat format) {
    this.name = name;
    this.out = out;
    this.format = format;
    this.writer = format.open(out, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String output() {
    return format.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Optional<ExportCheckpoint> open() {
    return Optional.empty();
  }

  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    writer.begin(columns);
  }

  @Override
  public void restore(List<ResultColumn> columns, Position from) {
    throw new IllegalStateException("a stream cannot go on");
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    writer.write(row);
  }

  @Override
  public boolean wantsCommit(Duration sinceLast, boolean betweenPages) {
    return betweenPages;
  }

  @Override
  public void commit(Function<Position, ExportCheckpoint> checkpoint) throws IOException {
    out.flush();
  }

  @Override
  public void complete() throws IOException {
    writer.end();
    out.flush();
  }

  @Override
  public Optional<String> suspend() throws IOException {
    out.flush();
    return Optional.empty();
  }

  @Override
  public void close() {}
}
