package dev.quire.export.file;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An output taken by one process. The system lets go of it when that process ends, however it ends;
 * no time and no process number is compared.
 */
final class OutputLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private OutputLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws SourceException CONFIGURATION when another process has it
   */
  static OutputLock take(Path file, String output) throws IOException {
    while (true) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (locked(channel) == null) {
          channel.close();
          throw new SourceException(
                  ErrorKind.CONFIGURATION, "another process is writing " + output + " now")
              .withHint("Wait for it or stop it, or choose another output.");
        }
        // The former owner deletes the file; a lock on a deleted file keeps nobody out.
        if (isStillNamed(file, channel)) {
          return new OutputLock(file, channel);
        }
        channel.close();
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  /** Writes a byte through the channel and looks for it under the name. */
  private static boolean isStillNamed(Path file, FileChannel channel) throws IOException {
    channel.truncate(0);
    boolean empty = Files.exists(file) && Files.size(file) == 0;
    channel.write(java.nio.ByteBuffer.wrap(new byte[] {'\n'}), 0);
    return empty && Files.exists(file) && Files.size(file) == 1;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
      channel.close();
    } catch (IOException e) {
      closeQuietly();
    }
  }

  /** Where an open file cannot be deleted, it is deleted when it is closed. */
  private void closeQuietly() {
    try {
      channel.close();
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // An empty file stays, which keeps nobody out.
    }
  }
}
