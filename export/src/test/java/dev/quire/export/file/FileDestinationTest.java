package dev.quire.export.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.export.ExportCheckpoint;
import dev.quire.export.parquet.DuckRead;
import dev.quire.export.parquet.ParquetSink;
import dev.quire.export.text.TextFormat;
import dev.quire.spi.SourceException;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileDestinationTest {
  private static final long ROWS = 3_000;
  private static final FileSink.Format CSV = TextSink.format(TextFormat.CSV, Compression.NONE);

  @TempDir Path folder;

  private FileDestination csv() {
    return new FileDestination(Disk.SYSTEM, target(), CSV, OptionalLong.empty());
  }

  private Path target() {
    return folder.resolve("rows.csv");
  }

  private static InputStream unpacked(InputStream in, Compression compression) throws IOException {
    return switch (compression) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in);
      case ZSTD -> new ZstdInputStream(in);
    };
  }

  /** By a parser of others. */
  private static List<CSVRecord> parsed(InputStream in) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser =
        CSVParser.parse(new InputStreamReader(in, StandardCharsets.UTF_8), format)) {
      return parser.getRecords();
    }
  }

  private static void requireAllRows(List<CSVRecord> records) {
    assertThat(records).hasSize((int) ROWS);
    for (int i = 0; i < ROWS; i++) {
      Object[] row = Interrupted.row(i);
      assertThat(records.get(i).get("id")).isEqualTo(String.valueOf(row[0]));
      assertThat(records.get(i).get("text")).isEqualTo(row[1] == null ? "" : row[1]);
    }
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void csv_that_is_let_go_of_at_any_moment_has_each_row_once_in_the_end(Compression compression)
      throws IOException {
    FileSink.Format format = TextSink.format(TextFormat.CSV, compression);
    int runs = new Interrupted(target(), format, OptionalLong.empty(), 7).write(ROWS);
    assertThat(runs).isGreaterThan(10);
    requireAllRows(parsed(unpacked(Files.newInputStream(target()), compression)));
    assertThat(folder).isDirectoryNotContaining(each -> !each.equals(target()));
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void json_lines_that_are_let_go_of_have_each_row_once(Compression compression)
      throws IOException {
    FileSink.Format format = TextSink.format(TextFormat.JSONL, compression);
    new Interrupted(target(), format, OptionalLong.empty(), 8).write(ROWS);
    String text =
        new String(
            unpacked(Files.newInputStream(target()), compression).readAllBytes(),
            StandardCharsets.UTF_8);
    assertThat(text.lines().map(line -> line.replaceAll("\\{\"id\":(\\d+),.*", "$1")))
        .containsExactlyElementsOf(LongStream.range(0, ROWS).mapToObj(String::valueOf).toList());
  }

  @Test
  void parts_have_their_number_of_rows_and_all_rows_once() throws IOException {
    new Interrupted(target(), CSV, OptionalLong.of(700), 9).write(ROWS);
    List<Path> parts = parts();
    assertThat(parts.stream().map(part -> part.getFileName().toString()))
        .containsExactly(
            "part-00001.csv",
            "part-00002.csv",
            "part-00003.csv",
            "part-00004.csv",
            "part-00005.csv");
    List<CSVRecord> all = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    for (Path part : parts) {
      List<CSVRecord> records = parsed(Files.newInputStream(part));
      sizes.add(records.size());
      all.addAll(records);
    }
    requireAllRows(all);
    assertThat(sizes).containsExactly(700, 700, 700, 700, 200);
  }

  private List<Path> parts() throws IOException {
    try (Stream<Path> files = Files.list(target())) {
      return files.sorted().collect(Collectors.toList());
    }
  }

  @Test
  void parquet_that_is_let_go_of_is_what_it_is_without_that() throws IOException {
    new Interrupted(target(), ParquetSink.FORMAT, OptionalLong.empty(), 10).write(ROWS);
    assertThat(DuckRead.column(target(), "id"))
        .containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
  }

  @Test
  void parquet_parts_that_are_let_go_of_have_each_row_once() throws IOException {
    new Interrupted(target(), ParquetSink.FORMAT, OptionalLong.of(900), 11).write(ROWS);
    List<Object> all = new ArrayList<>();
    for (Path part : parts()) {
      all.addAll(DuckRead.column(part, "id"));
    }
    assertThat(all).containsExactlyElementsOf(LongStream.range(0, ROWS).boxed().toList());
  }

  @Test
  void nothing_has_the_targets_name_before_it_is_whole_and_what_was_there_stays_until_then()
      throws IOException {
    Files.writeString(target(), "old");
    try (FileDestination destination = csv()) {
      destination.open();
      destination.begin(Interrupted.COLUMNS);
      destination.write(Interrupted.row(0));
      destination.commit(position -> Interrupted.at(1, position));
      assertThat(target()).hasContent("old");
      assertThat(destination.suspend()).contains(target() + ".partial");
    }
    assertThat(target()).hasContent("old");
    assertThat(Path.of(target() + ".partial")).hasContent("id,text\r\n0,\r\n");
    assertThat(Path.of(target() + ".quire-checkpoint")).content().contains("\"bytes\" : 13");
  }

  @Test
  void a_run_that_committed_nothing_leaves_nothing() throws IOException {
    try (FileDestination destination = csv()) {
      destination.open();
      destination.begin(Interrupted.COLUMNS);
      destination.write(Interrupted.row(0));
      assertThat(destination.suspend()).isEmpty();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void a_second_one_on_the_same_output_is_refused_and_changes_nothing() throws IOException {
    try (FileDestination first = csv();
        FileDestination second = csv()) {
      first.open();
      first.begin(Interrupted.COLUMNS);
      assertThatThrownBy(second::open)
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("another process is writing " + target());
      second.close();
      first.commit(position -> Interrupted.at(0, position));
      first.complete();
    }
    assertThat(target()).hasContent("id,text\r\n");
    try (FileDestination third = csv()) {
      assertThat(third.open()).isEmpty();
    }
  }

  @Test
  void a_file_that_is_shorter_than_what_was_committed_is_not_gone_on_with() throws IOException {
    partial(100);
    Path partial = Path.of(target() + ".partial");
    Files.writeString(partial, "id,text\r\n");
    try (FileDestination destination = csv()) {
      ExportCheckpoint left = destination.open().orElseThrow();
      assertThatThrownBy(() -> destination.restore(Interrupted.COLUMNS, left.position()))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("was changed or replaced")
          .hasMessageContaining("--restart");
    }
  }

  private void partial(int rows) throws IOException {
    try (FileDestination destination = csv()) {
      destination.open();
      destination.begin(Interrupted.COLUMNS);
      for (int i = 0; i < rows; i++) {
        destination.write(Interrupted.row(i));
      }
      destination.commit(position -> Interrupted.at(rows, position));
    }
  }

  @Test
  void a_full_disk_leaves_what_was_committed() throws IOException {
    Disk full = new FullDisk(2_000);
    try (FileDestination destination =
        new FileDestination(full, target(), CSV, OptionalLong.empty())) {
      destination.open();
      destination.begin(Interrupted.COLUMNS);
      for (int i = 0; i < 20; i++) {
        destination.write(Interrupted.row(i));
      }
      destination.commit(position -> Interrupted.at(20, position));
      for (int i = 20; i < 200; i++) {
        destination.write(Interrupted.row(i));
      }
      assertThatThrownBy(() -> destination.commit(position -> Interrupted.at(200, position)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("No space left");
    }
    int runs = new Interrupted(target(), CSV, OptionalLong.empty(), 12).write(ROWS);
    assertThat(runs).isPositive();
    requireAllRows(parsed(Files.newInputStream(target())));
  }

  @Test
  void a_folder_that_is_missing_or_full_is_said_before_a_request() throws IOException {
    Path nowhere = folder.resolve("no/rows.csv");
    try (FileDestination missing =
        new FileDestination(Disk.SYSTEM, nowhere, CSV, OptionalLong.empty())) {
      assertThatThrownBy(missing::open).hasMessageContaining("there is no folder");
    }
    Files.createDirectory(target());
    Files.writeString(target().resolve("mine"), "");
    try (FileDestination taken =
        new FileDestination(Disk.SYSTEM, target(), CSV, OptionalLong.of(10))) {
      assertThatThrownBy(taken::open).hasMessageContaining("is there already");
    }
    try (FileDestination file = csv()) {
      assertThatThrownBy(file::open).hasMessageContaining("is a folder");
    }
    assertThat(target().resolve("mine")).exists();
  }

  @Test
  void an_export_without_rows_is_a_whole_file_in_every_format() throws IOException {
    for (FileSink.Format format : List.of(CSV, ParquetSink.FORMAT, packed())) {
      Path target = folder.resolve("none" + format.suffix());
      new Interrupted(target, format, OptionalLong.empty(), 13).write(0);
      assertThat(target).exists();
    }
    assertThat(new GZIPInputStream(Files.newInputStream(folder.resolve("none.jsonl.gz"))))
        .isEmpty();
    assertThat(DuckRead.column(folder.resolve("none.parquet"), "id")).isEmpty();
  }

  private static FileSink.Format packed() {
    return TextSink.format(TextFormat.JSONL, Compression.GZIP);
  }
}
