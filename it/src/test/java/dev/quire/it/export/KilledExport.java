package dev.quire.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An export of {@link PagedRows} in a process of its own, which is killed at random moments and
 * gone on with until it is complete. {@code -Dquire.kills=50 -Dquire.kill.rows=200000} is the long
 * form. One thread at a time.
 */
public final class KilledExport {
  /** How often it is killed. */
  public static final int KILLS = Integer.getInteger("quire.kills", 2);

  /** How many rows it has. */
  public static final long ROWS = Long.getLong("quire.kill.rows", 30_000L);

  /** What the moments and the faults come of. */
  public static final long SEED = Long.getLong("quire.kill.seed", 20_261_128L);

  private static final int MOST_MOMENTS = 200;

  /**
   * Requests a second: so few that some runs are killed before their first commit, others later.
   */
  private static final int PACE = isLong() ? 5 : 8;

  private static final Pattern RUNS = Pattern.compile("rows of (\\d+) runs");

  private final Path folder;
  private final PagedRows api;
  private final List<String> arguments;
  private final Callable<Boolean> complete;
  private final Random random = new Random(SEED);

  /**
   * @param folder to work in
   * @param arguments of {@code quire export}; {@code --resume} is added
   * @param complete looks whether the output is whole
   */
  public KilledExport(
      Path folder, PagedRows api, List<String> arguments, Callable<Boolean> complete)
      throws IOException {
    this.folder = folder;
    this.api = api;
    this.arguments = List.copyOf(arguments);
    this.complete = complete;
    Files.writeString(folder.resolve("rows.yaml"), api.spec());
    Files.writeString(
        folder.resolve("quire.yaml"),
        "sources: {api: {type: rest, spec: rows.yaml, http: {rate_limit: " + PACE + "/s}}}\n");
  }

  static boolean isLong() {
    return KILLS >= 10;
  }

  /** Kills it, at least once, and then lets it come to its end. */
  public void run() throws Exception {
    int killed = 0;
    // The first comes at once after its page, so that a fast machine is not done before it.
    while (killed < KILLS && killedOnce(killed == 0 ? 1 : MOST_MOMENTS)) {
      killed++;
    }
    int runs = complete.call() ? 0 : finish();
    System.getLogger("dev.quire.it")
        .log(
            System.Logger.Level.INFO,
            "{0}: killed {1} times, rows of {2} runs, seed {3,number,#}",
            arguments,
            killed,
            runs,
            SEED);
    assertThat(killed).as("kills").isPositive();
    if (isLong() && runs > 0) {
      assertThat(runs).as("runs that went on where another was killed").isGreaterThan(KILLS / 10);
    }
  }

  /** Kills a run after some pages and some moments; false if it was complete before that. */
  private boolean killedOnce(int mostMoments) throws Exception {
    long pages = api.pages() + 1 + random.nextInt(mostMoments == 1 ? 1 : 2 * PACE);
    long moments = random.nextInt(mostMoments);
    Process process = start();
    while (api.pages() < pages && !process.waitFor(5, TimeUnit.MILLISECONDS)) {}
    process.waitFor(moments, TimeUnit.MILLISECONDS);
    process.destroyForcibly();
    process.waitFor();
    return !complete.call();
  }

  /** Returns how many runs have committed rows. */
  private int finish() throws Exception {
    Process process = start();
    assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
    String said = Files.readString(folder.resolve("log.txt"));
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(complete.call()).isTrue();
    Matcher runs = RUNS.matcher(said);
    return runs.find() ? Integer.parseInt(runs.group(1)) : 1;
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.quire.cli.Main"));
    command.add("export");
    command.addAll(arguments);
    command.add("--resume");
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
  }
}
