package dev.quire.export.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** A disk with room for so many bytes. */
final class FullDisk implements Disk {
  private long room;

  FullDisk(long room) {
    this.room = room;
  }

  @Override
  public FileChannel open(Path file, Set<OpenOption> options) throws IOException {
    return new Limited(Disk.SYSTEM.open(file, options));
  }

  private final class Limited extends FileChannel {
    private final FileChannel channel;

    Limited(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
      if (room == 0) {
        throw new IOException("No space left on device");
      }
      ByteBuffer fits = from.slice(from.position(), (int) Math.min(room, from.remaining()));
      int written = channel.write(fits);
      from.position(from.position() + written);
      room -= written;
      return written;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
      return channel.read(to);
    }

    @Override
    public long read(ByteBuffer[] to, int from, int length) throws IOException {
      return channel.read(to, from, length);
    }

    @Override
    public long write(ByteBuffer[] from, int first, int length) {
      throw new UnsupportedOperationException();
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public FileChannel position(long place) throws IOException {
      channel.position(place);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public FileChannel truncate(long bytes) throws IOException {
      channel.truncate(bytes);
      return this;
    }

    @Override
    public void force(boolean metadata) throws IOException {
      channel.force(metadata);
    }

    @Override
    public long transferTo(long place, long count, WritableByteChannel to) throws IOException {
      return channel.transferTo(place, count, to);
    }

    @Override
    public long transferFrom(ReadableByteChannel from, long place, long count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(ByteBuffer to, long place) throws IOException {
      return channel.read(to, place);
    }

    @Override
    public int write(ByteBuffer from, long place) {
      throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long place, long length) throws IOException {
      return channel.map(mode, place, length);
    }

    @Override
    public FileLock lock(long place, long length, boolean shared) throws IOException {
      return channel.lock(place, length, shared);
    }

    @Override
    public FileLock tryLock(long place, long length, boolean shared) throws IOException {
      return channel.tryLock(place, length, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      channel.close();
    }
  }
}
