package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.TableSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows the columns of a table. */
@Command(
    name = "describe",
    description =
        "Shows the columns of a table: name, SQL type, whether it may be NULL, and notes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Examples:", "  quire describe crm.accounts"})
final class DescribeCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "SOURCE.TABLE", description = "The table, named as in a statement.")
  @SuppressWarnings("NullAway.Init") // required, so set by picocli
  private String table;

  @Mixin private final Listing listing = new Listing();
  @Mixin private final CommonOptions common = new CommonOptions();

  DescribeCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = common.configuration(surroundings);
    try (Engine engine = common.open(surroundings, configuration)) {
      StatementContext context =
          engine.newContext(common.statementOptions(surroundings, configuration));
      try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
        TableSchema schema = engine.table(table, context).schema();
        if (!common.quiet()) {
          schema.remarks().ifPresent(text -> surroundings.err().println(text));
        }
        List<@Nullable String[]> rows = new ArrayList<>();
        for (Column column : schema.columns()) {
          rows.add(row(schema, column));
        }
        listing.write(surroundings, List.of("column", "type", "null", "notes"), rows);
      }
    }
    return ExitCodes.COMPLETE;
  }

  private static String[] row(TableSchema schema, Column column) {
    List<String> notes = new ArrayList<>();
    if (schema.key().contains(column.name())) {
      notes.add("key");
    }
    if (column.has(Trait.REQUIRED_FILTER)) {
      notes.add("must be given");
    }
    if (column.has(Trait.HIDDEN)) {
      notes.add("not in SELECT *");
    }
    for (TableSchema.Reference reference : schema.references()) {
      if (reference.columns().equals(List.of(column.name()))) {
        notes.add("-> " + reference.target() + "." + reference.targetColumns().get(0));
      }
    }
    column.remarks().filter(text -> !text.isBlank()).ifPresent(notes::add);
    return new String[] {
      column.name(),
      column.type().sqlName(),
      column.nullable() ? "yes" : "no",
      String.join("; ", notes)
    };
  }
}
