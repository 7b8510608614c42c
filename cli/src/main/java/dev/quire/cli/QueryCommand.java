package dev.quire.cli;

import dev.quire.cli.format.RowFormat;
import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a statement and writes its rows. */
@Command(
    name = "query",
    description = "Runs a statement and writes its rows to standard output.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The last line on standard error says whether the rows are all: complete, or partial with the",
      "reason.",
      "",
      "Examples:",
      "  quire query \"SELECT name, revenue FROM crm.accounts WHERE statecode = 0 LIMIT 10\"",
      "  quire query -f report.sql --format csv --output report.csv",
      "  echo \"SELECT COUNT(*) FROM crm.accounts\" | quire query - --format json",
      "  quire query \"SELECT * FROM crm.accounts\" --max-calls 2 --on-exceed partial",
      "",
      "Exit codes: 0 complete, 1 failed, 2 usage or configuration, 3 partial, 130 interrupted."
    })
final class QueryCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final StatementText text = new StatementText();
  @Mixin private final StatementFlags flags = new StatementFlags();
  @Mixin private final StatsOption statsOption = new StatsOption();
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--format",
      paramLabel = "table|csv|json|jsonl",
      description = "How rows are written. Default: table.")
  private RowFormat format = RowFormat.TABLE;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to a file, which gets its name when it is whole.")
  private @Nullable Path output;

  @Option(names = "--no-header", description = "No column names (table and csv).")
  private boolean noHeader;

  @Option(
      names = "--progress",
      paramLabel = "auto|on|off",
      description =
          "A line on standard error that says how far the statement is, until its rows appear on the"
              + " same terminal. Default: auto, only on a terminal.")
  private ProgressMode progress = ProgressMode.AUTO;

  QueryCommand(Surroundings surroundings) {
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
    StatementOptions options = flags.apply(common.statementOptions(surroundings));
    try (OutputTarget target = target();
        Engine engine = common.open(surroundings, configuration)) {
      RowFormat.Layout layout =
          new RowFormat.Layout(
              output == null ? surroundings.width() : OptionalInt.empty(), !noHeader);
      ProgressDisplay display = common.progress(progress, surroundings);
      OutputStream out = output == null ? display.before(target.stream()) : target.stream();
      return new StatementRun(surroundings, common.quiet(), display, stats::watch)
          .run(engine, sql, options, format.open(out, layout), target);
    }
  }

  private OutputTarget target() throws IOException {
    return output == null
        ? OutputTarget.standard(surroundings.out())
        : OutputTarget.file(surroundings.folder().resolve(output));
  }
}
