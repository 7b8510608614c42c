package dev.quire.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where rows go. A file gets its name only when it is whole; until then they stand in a sibling.
 * One thread at a time.
 */
abstract class OutputTarget implements AutoCloseable {

  abstract OutputStream stream();

  /** All rows are written. */
  abstract void complete() throws IOException;

  /** Some rows are written and no more will come; says where they are kept, if not as wanted. */
  abstract Optional<String> partial() throws IOException;

  /** Gives up what was not completed. May be repeated. */
  @Override
  public abstract void close();

  static OutputTarget standard(OutputStream out) {
    return new Standard(out);
  }

  /** A file; one that is no regular file, like a pipe, is written directly. */
  static OutputTarget file(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new IOException(file + " is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      return new Standard(new BufferedOutputStream(Files.newOutputStream(file)));
    }
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    Path parent = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    if (!Files.isDirectory(parent)) {
      throw new IOException("there is no folder " + parent);
    }
    return new NamedFile(Files.exists(file) ? file.toRealPath() : file);
  }

  private static final class Standard extends OutputTarget {
    private final OutputStream out;

    Standard(OutputStream out) {
      this.out = out;
    }

    @Override
    OutputStream stream() {
      return out;
    }

    @Override
    void complete() throws IOException {
      out.flush();
    }

    @Override
    Optional<String> partial() throws IOException {
      out.flush();
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  private static final class NamedFile extends OutputTarget {
    private final Path file;
    private final Path temporary;
    private final OutputStream out;

    NamedFile(Path file) throws IOException {
      this.file = file;
      this.temporary = sibling(file, ".unfinished-" + ProcessHandle.current().pid());
      this.out =
          new BufferedOutputStream(
              Files.newOutputStream(
                  temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING),
              64 * 1024);
    }

    private static Path sibling(Path file, String suffix) {
      return file.resolveSibling(file.getFileName() + suffix);
    }

    @Override
    OutputStream stream() {
      return out;
    }

    @Override
    void complete() throws IOException {
      moveTo(file);
    }

    @Override
    Optional<String> partial() throws IOException {
      Path kept = sibling(file, ".partial");
      moveTo(kept);
      return Optional.of(kept.toString());
    }

    private void moveTo(Path target) throws IOException {
      out.close();
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
      try {
        out.close();
      } catch (IOException e) {
        // What could not be written is deleted below.
      }
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        temporary.toFile().deleteOnExit();
      }
    }
  }
}
