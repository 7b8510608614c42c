package dev.quire.export.parquet;

import dev.quire.engine.ResultColumn;
import dev.quire.export.file.ChannelOutput;
import dev.quire.export.file.FileSink;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.ColumnOrder;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.TypeDefinedOrder;
import org.apache.parquet.format.Util;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * Rows as one Parquet file. A commit writes a row group; the footer comes at the end and lists them
 * all. One thread at a time.
 */
public final class ParquetSink implements FileSink {
  public static final Format FORMAT = new ParquetFormat();

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final FileChannel channel;
  private final ChannelOutput out;
  private final List<RowGroup> groups = new ArrayList<>();
  private final List<ParquetColumn> columns = new ArrayList<>();
  private MessageType schema = new MessageType("row");
  private @Nullable RowGroupWriter group;

  private ParquetSink(FileChannel channel) {
    this.channel = channel;
    this.out = new ChannelOutput(channel);
  }

  private static final class ParquetFormat implements Format {
    @Override
    public String name() {
      return "parquet";
    }

    @Override
    public String suffix() {
      return ".parquet";
    }

    /** Small row groups pack badly and read slowly, so time alone ends few of them. */
    @Override
    public Duration interval() {
      return Duration.ofMinutes(1);
    }

    @Override
    public FileSink open(FileChannel channel) {
      return new ParquetSink(channel);
    }
  }

  @Override
  public void begin(List<ResultColumn> given) throws IOException {
    take(given);
    ChannelOutput.cut(channel, 0);
    out.write(MAGIC);
  }

  private void take(List<ResultColumn> given) {
    schema = ParquetSchema.of(given);
    for (int i = 0; i < given.size(); i++) {
      columns.add(
          new ParquetColumn(
              given.get(i).name(), given.get(i).type(), schema.getType(i).asPrimitiveType()));
    }
  }

  @Override
  public void restore(List<ResultColumn> given, long bytes) throws IOException {
    if (bytes == 0) {
      begin(given);
      return;
    }
    take(given);
    try {
      groups.addAll(GroupTrailer.readAll(channel, MAGIC.length, bytes));
    } catch (IOException e) {
      throw new SourceException(
              ErrorKind.INVALID_VALUE,
              "the unfinished Parquet file is not what was committed: " + e.getMessage(),
              e)
          .withHint("Start over with --restart.");
    }
    ChannelOutput.cut(channel, bytes);
  }

  @Override
  public void write(@Nullable Object[] row) {
    RowGroupWriter current = group;
    if (current == null) {
      current = new RowGroupWriter(schema, columns);
      group = current;
    }
    current.write(row);
  }

  @Override
  public boolean isFull() {
    return group != null && group.isFull();
  }

  @Override
  public long commit() throws IOException {
    RowGroupWriter last = group;
    group = null;
    if (last != null) {
      long start = channel.position();
      OutputStream buffered = new BufferedOutputStream(out, 64 * 1024);
      RowGroup written = last.writeTo(buffered, start);
      buffered.flush();
      written.setOrdinal((short) Math.min(Short.MAX_VALUE, groups.size()));
      GroupTrailer.write(written, start, out);
      groups.add(written);
    }
    channel.force(true);
    return channel.position();
  }

  @Override
  public void finish() throws IOException {
    long rows = groups.stream().mapToLong(RowGroup::getNum_rows).sum();
    FileMetaData footer = new FileMetaData(1, SchemaElements.of(schema), rows, groups);
    footer.setCreated_by("Quire");
    footer.setColumn_orders(
        schema.getFields().stream()
            .map(field -> ColumnOrder.TYPE_ORDER(new TypeDefinedOrder()))
            .toList());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    int length = bytes.size();
    bytes.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(length).array());
    bytes.write(MAGIC);
    out.write(bytes.toByteArray());
    channel.force(true);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
