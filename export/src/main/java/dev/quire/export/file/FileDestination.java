package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import dev.quire.export.Destination;
import dev.quire.export.ExportCheckpoint;
import dev.quire.export.Position;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a folder of files, that gets its name when it is whole. Until then it is named {@code
 * .partial}, and a checkpoint stands beside it. One thread at a time.
 */
public final class FileDestination implements Destination {
  static final String PARTIAL = ".partial";

  private final Path target;
  private final boolean folder;
  private final FileSink.Format format;
  private final FileOutput output;
  private final CheckpointFile checkpoint;
  private @Nullable OutputLock lock;
  private boolean begun;
  private boolean committed;

  /**
   * @param rowsPerPart makes the target a folder of files of so many rows
   */
  public FileDestination(Disk disk, Path target, FileSink.Format format, OptionalLong rowsPerPart) {
    this.target = target.toAbsolutePath().normalize();
    this.folder = rowsPerPart.isPresent();
    this.format = format;
    Path partial = beside(PARTIAL);
    this.output =
        folder
            ? new PartFiles(disk, partial, format, rowsPerPart.getAsLong())
            : new SingleFile(disk, partial, format);
    this.checkpoint = new CheckpointFile(disk, beside(".quire-checkpoint"));
  }

  private Path beside(String suffix) {
    return target.resolveSibling(target.getFileName() + suffix);
  }

  @Override
  public String name() {
    return target.toString();
  }

  @Override
  public String output() {
    return format.name() + (folder ? " parts" : "");
  }

  @Override
  public Optional<ExportCheckpoint> open() throws IOException {
    Path parent = target.getParent();
    if (parent == null || target.getFileName() == null) {
      throw refused(target + " cannot be written", "Name a file or a folder below it.");
    }
    if (!Files.isDirectory(parent)) {
      throw refused("there is no folder " + parent, "Make it first, or choose another output.");
    }
    if (!Files.isWritable(parent)) {
      throw notPermitted(parent);
    }
    if (folder) {
      requireEmptyFolder();
    } else if (Files.isDirectory(target)) {
      throw refused(target + " is a folder", "Write --to " + target + "/ for a folder of parts.");
    }
    try {
      lock = OutputLock.take(beside(".quire-lock"), target.toString());
    } catch (FileSystemException e) {
      // Some folders refuse new files although their rights do not say so.
      throw notPermitted(parent);
    }
    return checkpoint.read();
  }

  private static SourceException notPermitted(Path folder) {
    return refused("writing in " + folder + " is not permitted", "Choose another output.");
  }

  private void requireEmptyFolder() throws IOException {
    if (!Files.exists(target)) {
      return;
    }
    boolean empty = false;
    if (Files.isDirectory(target)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(target)) {
        empty = !files.iterator().hasNext();
      }
    }
    if (!empty) {
      throw refused(
          target + " is there already",
          "Parts are written to a folder of their own; delete it or choose another.");
    }
  }

  private static SourceException refused(String problem, String hint) {
    return new SourceException(ErrorKind.CONFIGURATION, problem).withHint(hint);
  }

  @Override
  public void begin(List<ResultColumn> columns) throws IOException {
    checkpoint.delete();
    output.begin(columns);
    begun = true;
  }

  @Override
  public void restore(List<ResultColumn> columns, Position from) throws IOException {
    output.restore(columns, from);
    begun = true;
    committed = true;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    output.write(row);
  }

  @Override
  public boolean wantsCommit(Duration sinceLast, boolean betweenPages) {
    return output.isFull() || (betweenPages && sinceLast.compareTo(format.interval()) >= 0);
  }

  @Override
  public void commit(Function<Position, ExportCheckpoint> reached) throws IOException {
    checkpoint.write(reached.apply(output.commit()));
    committed = true;
  }

  @Override
  public void complete() throws IOException {
    output.finish();
    output.close();
    if (folder) {
      Files.deleteIfExists(target);
    }
    Durable.rename(output.partial(), target);
    checkpoint.delete();
  }

  @Override
  public Optional<String> suspend() throws IOException {
    if (!begun) {
      return Optional.empty();
    }
    if (!committed) {
      output.close();
      output.discard();
      return Optional.empty();
    }
    output.finish();
    return Optional.of(output.partial().toString());
  }

  @Override
  public void close() {
    try {
      output.close();
    } catch (IOException e) {
      // What was not committed is cut off when it goes on.
    }
    if (lock != null) {
      lock.close();
    }
  }
}
