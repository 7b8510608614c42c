package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.cli.format.DisplayText;
import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the columns of a table. */
@Command(
    name = "describe",
    description =
        "Shows the columns of a table: name, SQL type, whether it may be NULL, and notes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  quire describe crm.accounts",
      "  quire describe shop.orders --as-spec"
    })
final class DescribeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "SOURCE.TABLE", description = "The table, named as in a statement.")
  @SuppressWarnings("NullAway.Init") // required, so set by picocli
  private String table;

  @Option(
      names = "--as-spec",
      description =
          "Print the columns of a REST table as its spec would have them, for example those that"
              + " were found out from its first page.")
  private boolean asSpec;

  @Mixin private final Listing listing = new Listing();
  @Mixin private final CommonOptions common = new CommonOptions();

  DescribeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = common.configuration(surroundings);
    try (Engine engine = common.open(surroundings, configuration)) {
      StatementContext context = engine.newContext(common.statementOptions(surroundings));
      try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
        Table found = engine.table(table, context);
        if (asSpec) {
          surroundings.out().write(spec(found).getBytes(StandardCharsets.UTF_8));
          surroundings.out().flush();
          return ExitCodes.COMPLETE;
        }
        TableSchema schema = found.described(context);
        if (!common.quiet()) {
          schema.remarks().ifPresent(text -> surroundings.err().println(text));
          context
              .warnings()
              .forEach(
                  text ->
                      surroundings.err().println(DisplayText.harmlessLines("warning: " + text)));
        }
        listing.write(surroundings, MetadataRows.COLUMN_HEADER, MetadataRows.columns(schema));
      }
    }
    return ExitCodes.COMPLETE;
  }

  private String spec(Table found) {
    return found
        .asSpec()
        .orElseThrow(
            () ->
                new SourceException(
                        ErrorKind.UNSUPPORTED, table + " is described by its source, not in a spec")
                    .withHint("--as-spec is for the tables of REST sources."));
  }
}
