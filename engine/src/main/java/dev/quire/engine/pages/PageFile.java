package dev.quire.engine.pages;

import dev.quire.spi.ByteFormReader;
import dev.quire.spi.ByteFormWriter;
import dev.quire.spi.Continuation;
import dev.quire.spi.OwnerFile;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The page starts of one scan in a file that its owner alone can read: continuations may hold a
 * session. It is replaced as a whole; of two writers the last one stays. Immutable.
 */
record PageFile(Path file) {
  static final int MOST_FILES = 100;
  private static final byte KIND = 33;
  private static final String ENDING = ".pages";
  private static final Duration KEPT = Duration.ofDays(1);

  /**
   * @param folder of all indexes, made when the first is written
   * @param scan what tells it from other scans, a word of letters and digits
   */
  static PageFile in(Path folder, String scan) {
    return new PageFile(folder.resolve("pages").resolve(scan + ENDING));
  }

  /**
   * What was written last; nothing where there is no file or it cannot be read.
   *
   * @throws SourceException INVALID_VALUE or UNSUPPORTED when it is damaged, or of another version
   */
  List<PageStart> read() {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      return List.of();
    }
    return ByteFormReader.read(bytes, KIND, "a page index", in -> in.list(() -> start(in)));
  }

  private static PageStart start(ByteFormReader in) {
    return new PageStart(
        in.whole(),
        in.whole(),
        new Continuation(in.text()),
        in.whole(),
        Instant.ofEpochMilli(in.whole()));
  }

  /** Replaces the file; where that cannot be done, the old one stays. */
  void write(Collection<PageStart> starts) {
    ByteFormWriter out = new ByteFormWriter(KIND);
    out.list(
        starts,
        each -> {
          out.whole(each.row());
          out.whole(each.pages());
          out.text(each.page().value());
          out.whole(each.fingerprint());
          out.whole(each.seen().toEpochMilli());
        });
    try {
      makeFolder();
      OwnerFile.replace(file, out.finish());
      removeOld(file.resolveSibling(""));
    } catch (IOException | RuntimeException e) {
      // The next statement reads from its first row, as if this one had never been.
    }
  }

  private void makeFolder() throws IOException {
    Path folder = file.resolveSibling("");
    if (Files.isDirectory(folder)) {
      return;
    }
    Files.createDirectories(folder.resolveSibling(""));
    boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
    Files.createDirectories(folder);
    if (posix) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }

  /** A statement that is never run again leaves nothing for long. */
  private void removeOld(Path folder) throws IOException {
    FileTime oldest = FileTime.from(Files.getLastModifiedTime(file).toInstant().minus(KEPT));
    List<Path> all;
    try (Stream<Path> files = Files.list(folder)) {
      all = files.filter(each -> each.toString().endsWith(ENDING)).toList();
    }
    List<Path> newestFirst =
        all.stream().sorted(Comparator.comparing(PageFile::written).reversed()).toList();
    for (int i = 0; i < newestFirst.size(); i++) {
      if (i >= MOST_FILES || written(newestFirst.get(i)).compareTo(oldest) < 0) {
        Files.deleteIfExists(newestFirst.get(i));
      }
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0); // gone meanwhile
    }
  }

  void delete() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // It is compared again before it is used again.
    }
  }
}
