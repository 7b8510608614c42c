package dev.quire.engine.budget;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

/**
 * What a day has cost, in a small text file that processes share: each change is made under a lock
 * of the operating system, which ends with the process that holds it, and replaces the file as a
 * whole. Thread-safe.
 */
final class DayFile {
  private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(5);
  private static final int MOST_TRIES = 2_000;

  private final Path file;
  private final TimeSource time;

  DayFile(Path file, TimeSource time) {
    this.file = file.toAbsolutePath().normalize();
    this.time = time;
  }

  /**
   * Changes what today has cost.
   *
   * @param change of today's spending; the same object for no change
   * @return what came of it
   */
  DaySpending update(UnaryOperator<DaySpending> change) {
    ReentrantLock here = HERE.computeIfAbsent(file, path -> new ReentrantLock());
    try {
      here.lockInterruptibly();
      try {
        return updateAlone(change);
      } finally {
        here.unlock();
      }
    } catch (InterruptedException | ClosedByInterruptException | FileLockInterruptionException e) {
      Thread.currentThread().interrupt();
      throw new SourceException(ErrorKind.CANCELLED, "interrupted at the day's budget", e);
    } catch (IOException e) {
      throw new SourceException(
              ErrorKind.CONFIGURATION,
              "what the day has cost cannot be kept in " + file + ": " + e,
              e)
          .withHint("Name a folder that can be written to: limits.state_folder.");
    }
  }

  /** What today has cost so far. */
  DaySpending read() {
    return update(spending -> spending);
  }

  private DaySpending updateAlone(UnaryOperator<DaySpending> change)
      throws IOException, InterruptedException {
    Files.createDirectories(file.resolveSibling(""));
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = lock(channel)) {
      DaySpending stored = stored();
      DaySpending before = stored.on(LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
      DaySpending after = change.apply(before);
      if (!after.equals(stored) && lock.isValid()) {
        write(after);
      }
      return after;
    }
  }

  /** Waits for the lock, also where another class loader of this process has it. */
  private FileLock lock(FileChannel channel) throws IOException, InterruptedException {
    for (int tries = 0; ; tries++) {
      try {
        return channel.lock();
      } catch (OverlappingFileLockException e) {
        if (tries == MOST_TRIES) {
          throw new IOException("another part of this process keeps it locked", e);
        }
        time.sleep(BETWEEN_TRIES);
      }
    }
  }

  private DaySpending stored() throws IOException {
    try {
      String text = Files.readString(file);
      return DaySpending.parse(text)
          .orElseThrow(
              () ->
                  new SourceException(
                          ErrorKind.CONFIGURATION,
                          "what the day has cost cannot be read from " + file)
                      .withHint("Delete the file to begin the day anew."));
    } catch (NoSuchFileException e) {
      return DaySpending.nothing(LocalDate.ofInstant(time.now(), ZoneOffset.UTC));
    }
  }

  private void write(DaySpending spending) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(fresh, spending.text());
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
