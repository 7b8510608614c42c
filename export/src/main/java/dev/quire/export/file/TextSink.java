package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import dev.quire.export.text.RowWriter;
import dev.quire.export.text.TextFormat;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rows as text, packed or not; every commit ends a packed piece. One thread at a time. */
public final class TextSink implements FileSink {
  private final FileChannel channel;
  private final TextFormat format;
  private final Pieces pieces;
  private @Nullable RowWriter writer;

  private TextSink(FileChannel channel, TextFormat format, Compression compression) {
    this.channel = channel;
    this.format = format;
    this.pieces = new Pieces(new ChannelOutput(channel), compression);
  }

  /** Text in this format; CSV or JSONL, because an array's end would have to be cut off. */
  public static Format format(TextFormat format, Compression compression) {
    String name = format.name().toLowerCase(Locale.ROOT);
    return new Format() {
      @Override
      public String name() {
        return compression == Compression.NONE
            ? name
            : name + " " + compression.name().toLowerCase(Locale.ROOT);
      }

      @Override
      public String suffix() {
        return "." + name + compression.suffix();
      }

      @Override
      public Duration interval() {
        return Duration.ofSeconds(1);
      }

      @Override
      public FileSink open(FileChannel channel) {
        return new TextSink(channel, format, compression);
      }
    };
  }

  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    start(columns, 0);
  }

  @Override
  public void restore(List<ResultColumn> columns, long bytes) throws IOException {
    start(columns, bytes);
  }

  private void start(List<ResultColumn> columns, long bytes) throws IOException {
    ChannelOutput.cut(channel, bytes);
    RowWriter opened = format.open(pieces, bytes == 0);
    opened.begin(columns);
    writer = opened;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (writer == null) {
      throw new IllegalStateException("not begun");
    }
    writer.write(row);
  }

  @Override
  public boolean isFull() {
    return false;
  }

  @Override
  public long commit() throws IOException {
    pieces.end();
    channel.force(true);
    return channel.position();
  }

  @Override
  public void finish() throws IOException {
    pieces.end();
    if (channel.position() == 0) {
      pieces.empty();
    }
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
