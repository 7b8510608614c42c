package dev.quire.lambda;

import dev.quire.engine.ResultColumn;
import dev.quire.export.CheckpointText;
import dev.quire.export.Destination;
import dev.quire.export.ExportCheckpoint;
import dev.quire.export.Position;
import dev.quire.export.file.FileSink;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rows as whole files below a prefix in S3: {@code part-00001.parquet}. A commit ends a part and
 * uploads it; then the checkpoint, an object among them, says that it counts. At the end the
 * checkpoint goes, and {@code _SUCCESS} comes. One thread at a time.
 */
final class S3Parts implements Destination {
  static final String CHECKPOINT = "_quire-checkpoint.json";
  static final String SUCCESS = "_SUCCESS";
  private static final String PARTS = "parts";
  private static final Pattern PART = Pattern.compile("part-(\\d{5,9})\\..*");

  /** A part is a whole object: fewer, larger ones are better for whoever reads them. */
  private static final Duration LONGEST_UNCOMMITTED = Duration.ofMinutes(2);

  private final S3Folder folder;
  private final FileSink.Format format;
  private final long rowsPerPart;
  private final Path scratch;
  private List<ResultColumn> columns = List.of();
  private @Nullable Path file;
  private @Nullable FileSink sink;
  private long parts;
  private long rows;

  S3Parts(S3Folder folder, FileSink.Format format, long rowsPerPart, Path scratch) {
    this.folder = folder;
    this.format = format;
    this.rowsPerPart = rowsPerPart;
    this.scratch = scratch;
  }

  @Override
  public String name() {
    return folder.name();
  }

  @Override
  public String output() {
    return format.name() + " parts";
  }

  @Override
  public Optional<ExportCheckpoint> open() throws IOException {
    Optional<String> left = folder.find(CHECKPOINT);
    if (left.isEmpty() && !folder.list().isEmpty()) {
      throw new SourceException(ErrorKind.CONFIGURATION, name() + " holds objects already")
          .withHint("Parts are written below a prefix of their own; empty it or choose another.");
    }
    return left.map(text -> CheckpointText.parse(text, name() + CHECKPOINT));
  }

  @Override
  public void begin(List<ResultColumn> given) throws IOException {
    columns = given;
    folder.delete(CHECKPOINT);
    forgetAfter(0);
  }

  @Override
  public void restore(List<ResultColumn> given, Position from) throws IOException {
    columns = given;
    parts = from.of(PARTS);
    forgetAfter(parts);
  }

  /** Deletes parts that no checkpoint counts. */
  private void forgetAfter(long last) throws IOException {
    for (String object : folder.list()) {
      Matcher part = PART.matcher(object);
      if (part.matches() && Long.parseLong(part.group(1)) > last) {
        folder.delete(object);
      }
    }
  }

  @Override
  public void write(@Nullable Object[] row) throws IOException {
    FileSink current = sink;
    if (current == null) {
      current = openNext();
    }
    current.write(row);
    rows++;
  }

  private FileSink openNext() throws IOException {
    Path next = Files.createTempFile(scratch, "quire-part-", format.suffix());
    FileSink opened =
        format.open(FileChannel.open(next, StandardOpenOption.READ, StandardOpenOption.WRITE));
    file = next;
    sink = opened;
    opened.begin(columns);
    rows = 0;
    return opened;
  }

  @Override
  public boolean wantsCommit(Duration sinceLast, boolean betweenPages) {
    return rows >= rowsPerPart || (betweenPages && sinceLast.compareTo(LONGEST_UNCOMMITTED) >= 0);
  }

  @Override
  public void commit(Function<Position, ExportCheckpoint> checkpoint) throws IOException {
    if (sink == null && parts == 0) {
      openNext(); // a result without rows has its columns all the same
    }
    endPart();
    folder.put(CHECKPOINT, CheckpointText.of(checkpoint.apply(Position.of(Map.of(PARTS, parts)))));
  }

  private void endPart() throws IOException {
    FileSink current = sink;
    Path written = file;
    if (current == null || written == null) {
      return;
    }
    current.commit();
    current.finish();
    current.close();
    sink = null;
    String name = String.format(Locale.ROOT, "part-%05d%s", parts + 1, format.suffix());
    folder.put(name, written);
    Files.deleteIfExists(written);
    parts++;
    rows = 0;
  }

  @Override
  public void complete() throws IOException {
    folder.put(SUCCESS, "");
    folder.delete(CHECKPOINT);
  }

  @Override
  public Optional<String> suspend() {
    return Optional.of(name());
  }

  @Override
  public void close() {
    try {
      if (sink != null) {
        sink.close();
      }
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The part was not committed, and is written again.
    }
    folder.close();
  }
}
