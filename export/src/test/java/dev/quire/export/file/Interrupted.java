package dev.quire.export.file;

import dev.quire.engine.ResultColumn;
import dev.quire.export.ExportCheckpoint;
import dev.quire.export.ExportCheckpoint.Counts;
import dev.quire.export.ExportCheckpoint.Identity;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Writes numbered rows into a destination that is let go of at random moments and gone on with. */
final class Interrupted {
  static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("id", DataType.BIGINT, false),
          new ResultColumn("text", DataType.VARCHAR, true));

  private static final Identity IDENTITY =
      new Identity("SELECT 1", List.of(), "any", List.of("id BIGINT", "text VARCHAR"));

  private final Path target;
  private final FileSink.Format format;
  private final OptionalLong rowsPerPart;
  private final Random random;

  Interrupted(Path target, FileSink.Format format, OptionalLong rowsPerPart, long seed) {
    this.target = target;
    this.format = format;
    this.rowsPerPart = rowsPerPart;
    this.random = new Random(seed);
  }

  static Object[] row(long id) {
    return new Object[] {id, id % 7 == 0 ? null : "row " + id + ", \"quoted\""};
  }

  static ExportCheckpoint at(long rows, dev.quire.export.Position position) {
    return new ExportCheckpoint(
        IDENTITY, Optional.of("at"), position, new Counts(rows, 0, 0, 1), false);
  }

  /** Runs until all rows are there; gives the number of runs. */
  int write(long rows) throws IOException {
    int runs = 1;
    while (!runOnce(rows, random.nextInt(400) + 1)) {
      runs++;
    }
    return runs;
  }

  private boolean runOnce(long rows, int steps) throws IOException {
    try (FileDestination destination =
        new FileDestination(Disk.SYSTEM, target, format, rowsPerPart)) {
      Optional<ExportCheckpoint> left = destination.open();
      long next = left.map(each -> each.counts().rows()).orElse(0L);
      if (left.isPresent()) {
        destination.restore(COLUMNS, left.get().position());
      } else {
        destination.begin(COLUMNS);
      }
      for (int step = 0; step < steps && next < rows; step++) {
        destination.write(row(next++));
        if (random.nextInt(40) == 0 || destination.wantsCommit(java.time.Duration.ZERO, false)) {
          commit(destination, next);
        }
      }
      if (next == rows) {
        commit(destination, next);
        destination.complete();
        return true;
      }
      if (random.nextInt(4) == 0) {
        destination.suspend();
      }
      return false;
    }
  }

  private static void commit(FileDestination destination, long rows) throws IOException {
    destination.commit(position -> at(rows, position));
  }
}
