package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import dev.quire.export.Position;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a folder of whole files of about the same number of rows: {@code part-00001.parquet}. The
 * one that is written now is named {@code .partial}. One thread at a time.
 */
final class PartFiles implements FileOutput {
  private static final String PARTS = "parts";
  private static final String BYTES = "bytes_of_next_part";
  private static final String ROWS = "rows_of_next_part";

  private final Disk disk;
  private final Path folder;
  private final FileSink.Format format;
  private final long rowsPerPart;
  private List<ResultColumn> columns = List.of();
  private long whole;
  private long rows;
  private @Nullable FileSink sink;

  /**
   * @param folder where it stands until it is whole
   */
  PartFiles(Disk disk, Path folder, FileSink.Format format, long rowsPerPart) {
    this.disk = disk;
    this.folder = folder;
    this.format = format;
    this.rowsPerPart = rowsPerPart;
  }

  @Override
  public void begin(List<ResultColumn> given) throws IOException {
    columns = given;
    Files.createDirectories(folder);
    forgetAfter(0);
    whole = 0;
    openNext();
  }

  @Override
  public void restore(List<ResultColumn> given, Position from) throws IOException {
    columns = given;
    Files.createDirectories(folder);
    whole = from.of(PARTS);
    Path next = part(whole + 1);
    if (Files.exists(next)) {
      Durable.rename(next, unfinished(whole + 1));
    }
    forgetAfter(whole + 1);
    if (from.of(BYTES) == 0) {
      openNext();
      return;
    }
    FileChannel channel = disk.write(unfinished(whole + 1));
    FileSink opened = format.open(channel);
    sink = opened;
    SingleFile.requireBytes(unfinished(whole + 1), channel, from.of(BYTES));
    opened.restore(columns, from.of(BYTES));
    rows = from.of(ROWS);
  }

  private Path part(long number) {
    return folder.resolve(String.format(Locale.ROOT, "part-%05d%s", number, format.suffix()));
  }

  private Path unfinished(long number) {
    return folder.resolve(part(number).getFileName() + FileDestination.PARTIAL);
  }

  /** Deletes what was written of later parts; other files are left alone. */
  private void forgetAfter(long last) throws IOException {
    List<Path> later = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "part-*")) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        String digits = name.substring("part-".length()).replaceAll("\\D.*", "");
        if (name.contains(format.suffix())
            && digits.length() >= 5
            && digits.length() <= 18
            && Long.parseLong(digits) > last) {
          later.add(file);
        }
      }
    }
    for (Path file : later) {
      Durable.delete(file);
    }
  }

  private void openNext() throws IOException {
    FileSink opened = format.open(disk.write(unfinished(whole + 1)));
    sink = opened;
    opened.begin(columns);
    rows = 0;
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    if (sink == null) {
      openNext();
    }
    sink().write(row);
    rows++;
  }

  @Override
  public boolean isFull() {
    return sink != null && (rows >= rowsPerPart || sink.isFull());
  }

  @Override
  public Position commit() throws IOException {
    if (sink == null) {
      return position(0);
    }
    long bytes = sink.commit();
    if (rows < rowsPerPart) {
      return position(bytes);
    }
    endPart();
    return position(0);
  }

  private Position position(long bytes) {
    return Position.of(Map.of(PARTS, whole, BYTES, bytes, ROWS, bytes == 0 ? 0 : rows));
  }

  private void endPart() throws IOException {
    sink().finish();
    sink().close();
    sink = null;
    Durable.rename(unfinished(whole + 1), part(whole + 1));
    whole++;
    rows = 0;
  }

  /** The last part gets its name, which {@link #restore} takes back. */
  @Override
  public void finish() throws IOException {
    if (sink != null && (rows > 0 || whole == 0)) {
      endPart();
    } else if (sink != null) {
      sink.close();
      sink = null;
      Durable.delete(unfinished(whole + 1));
    }
  }

  @Override
  public void discard() throws IOException {
    forgetAfter(0);
    Durable.delete(folder);
  }

  @Override
  public Path partial() {
    return folder;
  }

  private FileSink sink() {
    if (sink == null) {
      throw new IllegalStateException("not begun");
    }
    return sink;
  }

  @Override
  public void close() throws IOException {
    if (sink != null) {
      sink.close();
    }
  }
}
