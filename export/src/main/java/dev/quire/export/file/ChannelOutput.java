package dev.quire.export.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Writes to the end of a file that it has the place of. */
public final class ChannelOutput extends OutputStream {
  private final FileChannel channel;

  public ChannelOutput(FileChannel channel) {
    this.channel = channel;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, from, length);
    while (left.hasRemaining()) {
      channel.write(left);
    }
  }

  /** Goes to a place and cuts off what comes after it. */
  public static void cut(FileChannel channel, long bytes) throws IOException {
    channel.truncate(bytes);
    channel.position(bytes);
  }
}
