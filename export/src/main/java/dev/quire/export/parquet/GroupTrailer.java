package dev.quire.export.parquet;

import dev.quire.export.file.ChannelOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * What follows each row group in a file: its own metadata, so that a file whose end is lost can go
 * on after any group. A Parquet reader goes by the footer and never sees it. A footer of that group
 * alone, its length in 4 bytes, and in 8 bytes where the group begins.
 */
final class GroupTrailer {
  private static final int FIXED = Integer.BYTES + Long.BYTES;

  private GroupTrailer() {}

  static void write(RowGroup group, long start, ChannelOutput out) throws IOException {
    ByteArrayOutputStream metadata = new ByteArrayOutputStream();
    Util.writeFileMetaData(
        new FileMetaData(1, List.of(), group.getNum_rows(), List.of(group)), metadata);
    out.write(metadata.toByteArray());
    out.write(ByteBuffer.allocate(FIXED).putInt(metadata.size()).putLong(start).array());
  }

  /**
   * The groups of a file up to a place, in their order.
   *
   * @param end where a trailer ends
   * @param begin where the first group begins
   */
  static List<RowGroup> readAll(FileChannel channel, long begin, long end) throws IOException {
    List<RowGroup> groups = new ArrayList<>();
    long place = end;
    while (place > begin) {
      ByteBuffer fixed = read(channel, place - FIXED, FIXED);
      int length = fixed.getInt();
      long start = fixed.getLong();
      if (length <= 0 || start < begin || start >= place - FIXED - length) {
        throw new IOException("there is no row group before byte " + place);
      }
      byte[] metadata = read(channel, place - FIXED - length, length).array();
      groups.addAll(Util.readFileMetaData(new ByteArrayInputStream(metadata)).getRow_groups());
      place = start;
    }
    if (place != begin) {
      throw new IOException("the first row group does not begin at byte " + begin);
    }
    Collections.reverse(groups);
    return groups;
  }

  private static ByteBuffer read(FileChannel channel, long from, int length) throws IOException {
    if (from < 0 || from + length > channel.size()) {
      throw new EOFException("the file ends at byte " + channel.size());
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
    return bytes.flip();
  }
}
