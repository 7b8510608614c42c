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
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An export is killed at random moments and gone on with until it is complete: each row is there
 * once. {@code -Dquire.kills=50 -Dquire.kill.rows=200000} is the long form, and {@code
 * -Dquire.kill.targets=parts/,split.csv} takes some of its targets.
 */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(3_600)
class ExportKillTest {
  private static final int KILLS = Integer.getInteger("quire.kills", 2);
  private static final long ROWS = Long.getLong("quire.kill.rows", 30_000L);
  private static final long SEED = Long.getLong("quire.kill.seed", 20_261_128L);

  /** What is named so reads ranges of offsets side by side. */
  private static final String SPLIT = "split.csv";

  @TempDir Path folder;
  private final Random random = new Random(SEED);

  /** The long form takes all formats. */
  static List<String> targets() {
    String some = System.getProperty("quire.kill.targets", "");
    return some.isEmpty() ? usualTargets() : List.of(some.split(","));
  }

  private static List<String> usualTargets() {
    return KILLS < 10
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
    try (PagedRows api = new PagedRows(ROWS, SEED)) {
      Files.writeString(folder.resolve("rows.yaml"), api.spec());
      Files.writeString(
          folder.resolve("quire.yaml"), "sources: {api: {type: rest, spec: rows.yaml}}\n");
      int killed = 0;
      // The first comes at once after its page, so that a fast machine is not done before it.
      while (killed < KILLS && killedOnce(target, api, killed == 0 ? 1 : 200)) {
        killed++;
      }
      run(target);
      System.Logger log = System.getLogger("dev.quire.it");
      log.log(System.Logger.Level.INFO, target + ": killed " + killed + " times, seed " + SEED);
      assertThat(killed).isPositive();
    }
    assertThat(ids(folder.resolve(target))).as("seed " + SEED).isEqualTo(all());
    assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    assertThat(folder).isDirectoryNotContaining("glob:**.quire-*");
  }

  private Process start(String target) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.quire.cli.Main"));
    String table = target.startsWith("split") ? "ranges" : "rows";
    command.addAll(List.of("export", "SELECT id, name, amount FROM api." + table, "--to", target));
    if (table.equals("ranges")) {
      command.addAll(List.of("--parallel", "4"));
    }
    command.addAll(List.of("--resume", "--format", format(target)));
    if (target.endsWith("/")) {
      command.addAll(List.of("--rows-per-part", String.valueOf(ROWS / 7)));
    }
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
  }

  private static String format(String target) {
    if (target.contains("jsonl")) {
      return "jsonl";
    }
    return target.contains("csv") ? "csv" : "parquet";
  }

  /** Kills a run after some pages and some moments; false if it was complete before that. */
  private boolean killedOnce(String target, PagedRows api, int mostMoments) throws Exception {
    long pages = api.pages() + 1 + random.nextInt((int) Math.max(2, ROWS / 1_000 / KILLS));
    long moments = random.nextInt(mostMoments);
    Process process = start(target);
    while (api.pages() < pages && !process.waitFor(5, TimeUnit.MILLISECONDS)) {}
    process.waitFor(moments, TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    process.waitFor();
    return !Files.exists(folder.resolve(target));
  }

  private void run(String target) throws Exception {
    if (Files.exists(folder.resolve(target))) {
      return;
    }
    Process process = start(target);
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log.txt"))).isZero();
  }

  private static BitSet all() {
    BitSet all = new BitSet();
    all.set(0, (int) ROWS);
    return all;
  }

  /** The numbers in a result; one that is there twice is a failure. */
  private static BitSet ids(Path result) throws Exception {
    BitSet ids = new BitSet();
    if (Files.isDirectory(result) || result.toString().endsWith(".parquet")) {
      parquet(result, ids);
    } else {
      text(result, ids);
    }
    return ids;
  }

  private static void once(long id, BitSet ids) {
    assertThat(ids.get((int) id)).as("row " + id + " is there twice").isFalse();
    ids.set((int) id);
  }

  private static void text(Path file, BitSet ids) throws IOException {
    String name = file.toString();
    try (InputStream raw = Files.newInputStream(file);
        InputStream in =
            name.endsWith(".gz")
                ? new GZIPInputStream(raw)
                : name.endsWith(".zst") ? new ZstdInputStream(raw) : raw;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      lines
          .lines()
          .filter(line -> !line.equals("id,name,amount"))
          .forEach(line -> once(number(line), ids));
    }
  }

  private static long number(String line) {
    long id = Long.parseLong(line.replaceAll("^\\D*(\\d+),.*$", "$1"));
    assertThat(line).endsWith(line.startsWith("{") ? id + ".25}" : id + ".25");
    return id;
  }

  private static void parquet(Path result, BitSet ids) throws Exception {
    String files = Files.isDirectory(result) ? result.resolve("*.parquet").toString() : "" + result;
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT id, amount - id FROM read_parquet('" + files + "')")) {
      while (rows.next()) {
        once(rows.getLong(1), ids);
        assertThat(rows.getString(2)).isEqualTo("0.25");
      }
    }
  }
}
