package dev.quire.export.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Names that outlive a power cut. */
final class Durable {
  private Durable() {}

  /** Gives a file or folder another name, in the place of a file of that name. */
  static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
    names(to);
  }

  static void delete(Path file) throws IOException {
    if (Files.deleteIfExists(file)) {
      names(file);
    }
  }

  /** Writes out the names in the folder of a file. */
  static void names(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Not every system opens a folder; there the system's own order of writes must do.
    }
  }
}
