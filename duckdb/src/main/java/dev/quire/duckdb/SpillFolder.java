package dev.quire.duckdb;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A folder for files that nobody else may see and that do not outlive this process: it is removed
 * at close, and if the process was killed, by the next one that makes a folder beside it. A lock on
 * a file inside tells that the owner lives. Thread-safe.
 */
public final class SpillFolder implements AutoCloseable {
  private static final String PREFIX = "quire-spill-";
  private static final String LOCK = "lock";
  private static final int MOST_ATTEMPTS = 10;

  /** A folder without a lock file is one that is being made, unless it is older. */
  private static final Duration BEING_MADE = Duration.ofMinutes(1);

  private final Path path;
  private final FileChannel lock;

  private SpillFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes a folder, and removes those that killed processes left.
   *
   * @param parent is made if it is not there
   * @throws SourceException CONFIGURATION if it cannot be written to
   */
  public static SpillFolder under(Path parent) {
    try {
      Files.createDirectories(parent);
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        SpillFolder made = attempt(parent);
        if (made != null) {
          made.sweep(parent);
          return made;
        }
      }
      throw new IOException("another process removes what is made there");
    } catch (IOException e) {
      throw new SourceException(
              ErrorKind.CONFIGURATION,
              "cannot write to the spill folder " + parent + " (" + reason(e) + ")",
              e)
          .withHint(
              "Set " + DuckSettings.SPILL_FOLDER.name() + " to a folder that can be written to.");
    }
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName().replaceAll("Exception$", "")
        + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }

  /** The folder, or null if another process took it for one that was left behind. */
  private static @Nullable SpillFolder attempt(Path parent) throws IOException {
    Path folder = Files.createTempDirectory(parent, PREFIX + ProcessHandle.current().pid() + "-");
    FileChannel channel = null;
    try {
      Path file = folder.resolve(LOCK);
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      FileLock held = channel.tryLock();
      if (held != null && Files.exists(file)) {
        return new SpillFolder(folder, channel);
      }
      channel.close();
      return null;
    } catch (IOException e) {
      if (channel != null) {
        channel.close();
      }
      remove(folder);
      throw e;
    }
  }

  private void sweep(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!folder.equals(path)) {
          removeIfLeft(folder, path);
        }
      }
    }
  }

  private static void removeIfLeft(Path folder, Path young) {
    Path file = folder.resolve(LOCK);
    try {
      if (!Files.exists(file)) {
        FileTime now = Files.getLastModifiedTime(young);
        Duration age =
            Duration.between(Files.getLastModifiedTime(folder).toInstant(), now.toInstant());
        if (age.compareTo(BEING_MADE) > 0) {
          remove(folder);
        }
        return;
      }
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock owner = channel.tryLock()) {
        if (owner != null) {
          remove(folder);
        }
      }
    } catch (IOException | OverlappingFileLockException e) {
      // Another user's, or one of this process.
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException fault)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Where to write. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lock.close();
      if (Files.exists(path)) {
        remove(path);
      }
    } catch (IOException e) {
      // The next process removes it.
    }
  }
}
