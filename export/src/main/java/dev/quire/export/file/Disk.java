package dev.quire.export.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Opens files; tests give one that is full. */
public interface Disk {
  Disk SYSTEM = (file, options) -> FileChannel.open(file, options);

  FileChannel open(Path file, Set<OpenOption> options) throws IOException;

  /** For writing anywhere in it; made if it is not there. */
  default FileChannel write(Path file) throws IOException {
    return open(
        file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE));
  }
}
