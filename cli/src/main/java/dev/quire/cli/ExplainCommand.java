package dev.quire.cli;

import dev.quire.cli.format.DisplayText;
import dev.quire.engine.Engine;
import dev.quire.engine.Explanation;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a statement would do. */
@Command(
    name = "explain",
    description = {
      "Shows the plan of a statement and its HTTP, without reading a row.",
      "",
      "For each table: the first request, what the source does and what is left to Quire, the page"
          + " size, and the expected number of calls."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A source may be asked for its metadata and for a count.",
      "",
      "Examples:",
      "  quire explain \"SELECT name FROM crm.accounts WHERE statecode = 0 ORDER BY name LIMIT 5\"",
      "  quire explain -f report.sql"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final StatementText text = new StatementText();
  @Mixin private final StatementFlags flags = new StatementFlags();
  @Mixin private final CommonOptions common = new CommonOptions();

  ExplainCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    String sql = text.read(surroundings);
    Configuration configuration = common.configuration(surroundings);
    StatementOptions options = flags.apply(common.statementOptions(surroundings));
    try (Engine engine = common.open(surroundings, configuration)) {
      long started = surroundings.context().time().nanoTime();
      Explanation plan = engine.explain(sql, options);
      String shown = DisplayText.harmlessLines(plan.text().stripTrailing()) + "\n";
      surroundings.out().write(shown.getBytes(StandardCharsets.UTF_8));
      surroundings.out().flush();
      if (!common.quiet()) {
        long nanos = surroundings.context().time().nanoTime() - started;
        surroundings.err().println("planned: " + Footer.costs(plan.spent(), nanos));
      }
      return ExitCodes.COMPLETE;
    }
  }
}
