package dev.quire.export.file;

import dev.quire.export.CheckpointText;
import dev.quire.export.ExportCheckpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small file beside an output that says how far it is. It is replaced as a whole: whoever reads
 * it finds the old one or the new one. One thread at a time.
 */
final class CheckpointFile {
  private final Disk disk;
  private final Path file;

  CheckpointFile(Disk disk, Path file) {
    this.disk = disk;
    this.file = file;
  }

  Optional<ExportCheckpoint> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    return Optional.of(CheckpointText.parse(text, file.toString()));
  }

  void write(ExportCheckpoint checkpoint) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    ByteBuffer bytes =
        ByteBuffer.wrap(CheckpointText.of(checkpoint).getBytes(StandardCharsets.UTF_8));
    try (FileChannel channel = disk.write(next)) {
      channel.truncate(0);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Durable.rename(next, file);
  }

  void delete() throws IOException {
    Durable.delete(file);
  }
}
