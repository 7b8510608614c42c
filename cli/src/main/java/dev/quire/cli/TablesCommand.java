package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.engine.Engine;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableName;
import dev.quire.spi.TableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists tables. */
@Command(
    name = "tables",
    description = "Lists the tables of one source or of all, as a statement names them.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  quire tables",
      "  quire tables crm --format csv",
      "  quire tables crm.accounts    the tables below crm.accounts",
      "  quire tables local           the results that are kept, and where they come from"
    })
final class TablesCommand implements Callable<Integer> {
  private static final List<String> KEPT_HEADER =
      List.of("table", "made", "rows", "verdict", "statement");

  private final Surroundings surroundings;

  @Parameters(
      arity = "0..1",
      paramLabel = "SOURCE[.TABLE]",
      description = "A source, or a table with others below it. Default: every source.")
  private @Nullable String wanted;

  @Mixin private final Listing listing = new Listing();
  @Mixin private final CommonOptions common = new CommonOptions();

  TablesCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws IOException {
    Configuration configuration = common.configuration(surroundings);
    List<String[]> rows = new ArrayList<>();
    int code = ExitCodes.COMPLETE;
    try (Engine engine = common.open(surroundings, configuration)) {
      StatementContext context = engine.newContext(common.statementOptions(surroundings));
      try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
        Optional<TableStore> store =
            wanted == null || wanted.indexOf('.') >= 0
                ? Optional.empty()
                : engine.source(wanted).store();
        if (store.isPresent()) {
          listing.write(surroundings, KEPT_HEADER, kept(wanted, store.get()));
          return ExitCodes.COMPLETE;
        }
        if (wanted != null) {
          MetadataRows.tables(engine, wanted, context)
              .forEach(name -> rows.add(new String[] {name}));
        } else {
          code = addAll(engine, context, rows);
        }
      }
    }
    if (code == ExitCodes.COMPLETE || !rows.isEmpty()) {
      listing.write(surroundings, List.of("table"), rows);
    }
    return code;
  }

  /** Tables that are kept results, with where they come from. */
  private static List<@Nullable String[]> kept(@Nullable String source, TableStore store) {
    List<@Nullable String[]> rows = new ArrayList<>();
    for (TableStore.Kept kept : store.kept()) {
      rows.add(
          new String[] {
            SqlNames.qualified(String.valueOf(source), TableName.of(kept.name())),
            kept.made().toString(),
            Long.toString(kept.rows()),
            kept.missing().map(reason -> "partial: " + reason).orElse("complete"),
            kept.statement()
          });
    }
    return rows;
  }

  /** A source that cannot be read does not hide the others. */
  private int addAll(Engine engine, StatementContext context, List<String[]> rows) {
    int code = ExitCodes.COMPLETE;
    for (String name : engine.sourceNames()) {
      try {
        addTables(engine.source(name), context, rows);
      } catch (SourceException e) {
        code = Math.max(code, new FaultReport(surroundings).report(e, false));
      }
    }
    return code;
  }

  private static void addTables(Source source, StatementContext context, List<String[]> rows) {
    MetadataRows.tables(source, context).forEach(name -> rows.add(new String[] {name}));
  }
}
