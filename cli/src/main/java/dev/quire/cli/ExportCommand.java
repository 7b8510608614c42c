package dev.quire.cli;

import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.export.Destination;
import dev.quire.export.Export;
import dev.quire.export.ExportOutcome;
import dev.quire.export.ExportRequest;
import dev.quire.export.ExportRequest.Start;
import dev.quire.export.SourceFingerprint;
import dev.quire.export.file.Compression;
import dev.quire.export.output.ExportFormat;
import dev.quire.export.output.Target;
import dev.quire.export.output.Target.Database;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.References;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the rows of a statement to a place where they stay, and goes on where it stopped. */
@Command(
    name = "export",
    description = {
      "Writes the rows of a statement to a file, a folder of files or a database, and goes on",
      "where it stopped."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Until it is whole, FILE is named FILE.partial, and FILE.quire-checkpoint beside it says how far",
      "it is. However the process ends, the same command with --resume goes on from there: no row is",
      "lost, and none is there twice. Statements that sort, group or join start over.",
      "",
      "Examples:",
      "  quire export \"SELECT * FROM crm.accounts\" --to accounts.parquet",
      "  quire export -f runs.sql --to runs.csv.gz --resume",
      "  quire export -f runs.sql --to runs/ --format parquet --rows-per-part 500000",
      "  quire export -f runs.sql --to 'jdbc:postgresql://db/dw?user=etl&password=${env:DW}' --table runs",
      "  quire export \"SELECT * FROM crm.accounts\" --to - --format jsonl | jq .name",
      "",
      "Exit codes: 0 complete, 1 failed, 2 usage or configuration, 3 partial, 130 interrupted."
    })
final class ExportCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final StatementText text = new StatementText();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FILE|FOLDER/|JDBC-URL|-",
      description =
          "A file (.csv, .jsonl or .parquet; text also .gz or .zst), a folder of parts (with a"
              + " slash at its end), a database (jdbc:postgresql:…, with --table; ${env:NAME} keeps its"
              + " password out of sight), or - for standard output.")
  private String to = "";

  @Option(
      names = "--format",
      paramLabel = "csv|jsonl|parquet",
      description = "Default: by the file's name; csv on standard output.")
  private @Nullable ExportFormat format;

  @Option(
      names = "--compression",
      paramLabel = "none|gzip|zstd",
      description = "Of text formats. Default: by the file's name. Parquet always has zstd.")
  private @Nullable Compression compression;

  @Option(
      names = "--rows-per-part",
      paramLabel = "N",
      converter = StatementFlags.Positive.class,
      description = "Rows of a file in a folder. Default: 1000000.")
  private @Nullable Long rowsPerPart;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description = "The table of a database; created if it is missing, else appended to.")
  private @Nullable String table;

  @Option(
      names = "--driver",
      paramLabel = "JAR",
      description = "The jar of the database's JDBC driver.")
  private List<Path> drivers = List.of();

  @Option(
      names = "--resume",
      description = "Go on where an unfinished export stopped; start where there is none.")
  private boolean resume;

  @Option(
      names = "--by-key",
      description =
          "With --resume: if the service no longer takes the place where the export stopped, go on"
              + " behind the key of the last row; for statements that the service sorts by the"
              + " key.")
  private boolean byKey;

  @Option(names = "--restart", description = "Give up what an unfinished export has written.")
  private boolean restart;

  @Option(
      names = "--progress",
      paramLabel = "auto|on|off",
      description =
          "A line on standard error that says how far the statement is. Default: auto, only on a"
              + " terminal.")
  private ProgressMode progress = ProgressMode.AUTO;

  @Mixin private final StatementFlags flags = new StatementFlags();
  @Mixin private final StatsOption statsOption = new StatsOption();
  @Mixin private final CommonOptions common = new CommonOptions();

  ExportCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws Exception {
    StatsFile stats = statsOption.open(surroundings);
    return stats.around(() -> run(stats));
  }

  private int run(StatsFile stats) throws IOException {
    String sql = text.read(surroundings);
    Configuration configuration = common.configuration(surroundings);
    StatementOptions options = flags.apply(common.statementOptions(surroundings)).withByKey(byKey);
    ExportRequest request =
        new ExportRequest(sql, options, name -> SourceFingerprint.of(configuration, name), start());
    ExportReport report = new ExportReport(surroundings, common.quiet());
    ProgressDisplay display = common.progress(progress, surroundings);
    try (Destination destination = open();
        Engine engine = common.open(surroundings, configuration)) {
      ExportOutcome outcome =
          new Export(engine, surroundings.context().time())
              .run(
                  request,
                  destination,
                  (result, former) -> {
                    stats.watch(result);
                    Registration interest = surroundings.interrupts().onInterrupt(result::cancel);
                    display.watch(result::progress);
                    return () -> {
                      display.close();
                      interest.close();
                    };
                  });
      outcome.stop().ifPresent(stop -> stats.stopped(stop.reason(), resumption(stop)));
      return report.of(outcome, destination.name());
    }
  }

  private static Optional<String> resumption(ExportOutcome.Stop stop) {
    return stop.kept().isPresent() && stop.startsOver().isEmpty()
        ? Optional.of("the same command and --resume")
        : Optional.empty();
  }

  private Destination open() throws IOException {
    References references = new References(surroundings.folder(), surroundings.environment()::get);
    return target().open(surroundings.folder(), surroundings.out(), references);
  }

  private Start start() {
    if (restart) {
      return Start.RESTART;
    }
    return resume ? Start.RESUME : Start.FRESH;
  }

  private Target target() {
    return new Target(
        to,
        Optional.ofNullable(format),
        Optional.ofNullable(compression),
        rowsPerPart == null ? OptionalLong.empty() : OptionalLong.of(rowsPerPart),
        new Database(Optional.ofNullable(table), drivers));
  }
}
