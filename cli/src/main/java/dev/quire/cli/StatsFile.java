package dev.quire.cli;

import dev.quire.engine.Result;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The summary of one statement as a file, however the statement ended. One thread at a time. */
final class StatsFile {
  private final Optional<Path> file;
  private final Surroundings surroundings;
  private final Stats stats;
  private @Nullable Result result;
  private Optional<String> reason = Optional.empty();
  private Optional<String> resume = Optional.empty();

  StatsFile(Optional<Path> file, Surroundings surroundings) {
    this.file = file;
    this.surroundings = surroundings;
    this.stats = new Stats(surroundings.context().time());
  }

  /** The statement runs from here on. */
  void watch(Result running) {
    result = running;
  }

  /**
   * The statement ended early.
   *
   * @param hint how to go on
   */
  void stopped(String why, Optional<String> hint) {
    reason = Optional.of(why);
    resume = hint;
  }

  /**
   * Runs a statement and writes its summary.
   *
   * @param statement gives its exit code
   */
  int around(Callable<Integer> statement) throws Exception {
    int code;
    try {
      code = statement.call();
    } catch (Exception e) {
      try {
        write(new FaultReport(surroundings).code(e), Optional.of(reason(e)));
      } catch (IOException unwritten) {
        e.addSuppressed(unwritten);
      }
      throw e;
    }
    write(code, reason);
    return code;
  }

  private static String reason(Exception e) {
    return e instanceof SourceException known
        ? known.place().map(place -> place + ": ").orElse("") + known.problem()
        : e.toString();
  }

  private void write(int code, Optional<String> why) throws IOException {
    if (file.isEmpty()) {
      return;
    }
    Optional<Result> ran = Optional.ofNullable(result);
    String text = stats.text(new Stats.End(code, why, resume), ran);
    Path fresh = file.get().resolveSibling(file.get().getFileName() + ".new");
    Files.writeString(fresh, text);
    Files.move(
        fresh, file.get(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
