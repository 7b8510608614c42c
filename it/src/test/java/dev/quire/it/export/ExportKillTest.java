package dev.quire.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An export to files is killed at random moments and gone on with until it is complete: each row is
 * there once. The long form takes all formats; {@code -Dquire.kill.targets=parts/,split.csv} some.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(3_600)
class ExportKillTest {
  private static final Pattern LINE =
      Pattern.compile("(?:\\{\"id\":)?(\\d+),.*[,:](\\d+\\.\\d+)}?");

  /** Letters of a row, so that a row group is full, and committed, after some pages. */
  private static final int FILLER = 4_000;

  /** What is named so reads ranges of offsets side by side. */
  private static final String SPLIT = "split.csv";

  @TempDir Path folder;

  static List<String> targets() {
    String some = System.getProperty("quire.kill.targets", "");
    return some.isEmpty() ? usualTargets() : List.of(some.split(","));
  }

  private static List<String> usualTargets() {
    return !KilledExport.isLong()
        ? List.of("rows.csv.gz", "rows.parquet", "parts/", SPLIT)
        : List.of(
            "rows.csv",
            "rows.csv.gz",
            "rows.csv.zst",
            "rows.jsonl",
            "rows.parquet",
            "parts/",
            SPLIT,
            "split.parquet");
  }

  @ParameterizedTest
  @MethodSource("targets")
  void each_row_is_there_once_however_often_it_was_killed(String target) throws Exception {
    Path output = folder.resolve(target);
    try (PagedRows api = new PagedRows(KilledExport.ROWS, KilledExport.SEED, filler(target))) {
      new KilledExport(folder, api, arguments(target), () -> Files.exists(output)).run();
    }
    rows(output).requireAll(KilledExport.ROWS);
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    assertThat(folder).isDirectoryNotContaining("glob:**.quire-*");
  }

  private static int filler(String target) {
    return target.endsWith(".parquet") ? FILLER : 0;
  }

  private static List<String> arguments(String target) {
    boolean split = target.startsWith("split");
    List<String> arguments = new ArrayList<>();
    String columns = filler(target) > 0 ? "id, name, amount, filler" : "id, name, amount";
    arguments.add("SELECT " + columns + " FROM api." + (split ? "ranges" : "rows"));
    arguments.addAll(List.of("--to", target, "--format", format(target)));
    if (split) {
      arguments.addAll(List.of("--parallel", "4"));
    }
    if (target.endsWith("/")) {
      arguments.addAll(List.of("--rows-per-part", String.valueOf(rowsPerPart())));
    }
    return arguments;
  }

  private static long rowsPerPart() {
    return KilledExport.ROWS / (KilledExport.isLong() ? 90 : 7);
  }

  private static String format(String target) {
    if (target.contains("jsonl")) {
      return "jsonl";
    }
    return target.contains("csv") ? "csv" : "parquet";
  }

  private static ExportedRows rows(Path output) throws Exception {
    if (!Files.isDirectory(output) && !output.toString().endsWith(".parquet")) {
      return text(output);
    }
    String files = Files.isDirectory(output) ? output.resolve("*.parquet").toString() : "" + output;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      return ExportedRows.in(duck, "read_parquet('" + files + "')");
    }
  }

  private static ExportedRows text(Path file) throws IOException {
    ExportedRows rows = new ExportedRows();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(unpacked(file), StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.equals("id,name,amount"))
          .forEach(
              line -> {
                Matcher found = LINE.matcher(line);
                assertThat(found.matches()).as(line).isTrue();
                rows.add(Long.parseLong(found.group(1)), found.group(2));
              });
    }
    return rows;
  }

  private static InputStream unpacked(Path file) throws IOException {
    InputStream raw = Files.newInputStream(file);
    String name = file.toString();
    if (name.endsWith(".gz")) {
      return new GZIPInputStream(raw);
    }
    return name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
  }
}
