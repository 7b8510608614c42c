package dev.quire.cli;

import dev.quire.chain.StatementContext;
import dev.quire.cli.format.DisplayText;
import dev.quire.engine.Engine;
import dev.quire.engine.StatementOptions;
import dev.quire.export.text.RowWriter;
import dev.quire.spi.CallContext.Registration;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.TableSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The commands that begin with a backslash. One thread at a time. */
final class ShellCommands {
  private final Surroundings surroundings;
  private final Engine engine;
  private final StatementOptions options;
  private final ShellSettings settings;
  private final Function<Runnable, PagedTarget> targets;

  ShellCommands(
      Surroundings surroundings,
      Engine engine,
      StatementOptions options,
      ShellSettings settings,
      Function<Runnable, PagedTarget> targets) {
    this.targets = targets;
    this.surroundings = surroundings;
    this.engine = engine;
    this.options = options;
    this.settings = settings;
  }

  /**
   * Runs a command.
   *
   * @throws SourceException whatever went wrong
   */
  void run(String line) throws IOException {
    String[] parts = line.strip().split("\\s+", 2);
    String argument = parts.length < 2 ? "" : withoutSemicolon(parts[1]);
    switch (parts[0]) {
      case "\\d", "\\dt" -> describe(argument);
      case "\\l", "\\dn" -> sources();
      case "\\x" -> expand(argument);
      case "\\explain" -> explain(argument);
      case "\\format" -> format(argument);
      case "\\timing" ->
          say(
              "The cost of a complete result is "
                  + (settings.toggleTiming() ? "shown." : "not shown."));
      case "\\?", "\\help" -> say(ShellHelp.TEXT.stripTrailing());
      default ->
          throw wrong("there is no command " + parts[0]).withHint("\\? shows what there is.");
    }
  }

  private static String withoutSemicolon(String text) {
    String stripped = text.strip();
    return stripped.endsWith(";") ? stripped.substring(0, stripped.length() - 1).strip() : stripped;
  }

  private void describe(String name) throws IOException {
    StatementContext context = engine.newContext(options);
    try (Registration interest = surroundings.interrupts().onInterrupt(context::cancel)) {
      Optional<String> source =
          engine.sourceNames().stream().filter(name::equalsIgnoreCase).findFirst();
      if (name.isEmpty()) {
        tables(engine.sourceNames(), context);
      } else if (source.isPresent()) {
        tables(List.of(source.get()), context);
      } else {
        TableSchema schema = engine.table(name, context).described(context);
        context
            .warnings()
            .forEach(
                text -> surroundings.err().println(DisplayText.harmlessLines("warning: " + text)));
        list(MetadataRows.COLUMN_HEADER, MetadataRows.columns(schema));
      }
    }
  }

  /** A source that cannot be read does not hide the others. */
  private void tables(List<String> sources, StatementContext context) throws IOException {
    List<@Nullable String[]> rows = new ArrayList<>();
    for (String name : sources) {
      try {
        Source source = engine.source(name);
        MetadataRows.tables(source, context).forEach(table -> rows.add(new String[] {table}));
      } catch (SourceException e) {
        new FaultReport(surroundings).report(e, false);
      }
    }
    list(List.of("table"), rows);
  }

  private void list(List<String> header, List<@Nullable String[]> rows) throws IOException {
    try (PagedTarget target = targets.apply(() -> {})) {
      RowWriter writer =
          settings.format().open(target.stream(), settings.layout(surroundings.width()));
      Listing.write(writer, header, rows);
      target.complete();
    }
  }

  private void explain(String sql) throws IOException {
    if (sql.isBlank()) {
      throw wrong("there is no statement").withHint("\\explain SELECT …");
    }
    say(DisplayText.harmlessLines(engine.explain(sql, options).text().stripTrailing()));
  }

  private void format(String name) throws IOException {
    if (!name.isEmpty() && !settings.choose(name)) {
      throw wrong("there is no format '" + name + "'")
          .withHint("\\format table, csv, json or jsonl");
    }
    say("Rows are written as " + settings.format().name().toLowerCase(Locale.ROOT) + ".");
  }

  private void sources() throws IOException {
    List<@Nullable String[]> rows = new ArrayList<>();
    engine.sourceNames().forEach(name -> rows.add(new String[] {name}));
    list(List.of("source"), rows);
  }

  private void expand(String choice) throws IOException {
    if (choice.isEmpty()) {
      settings.toggleExpanded();
    } else if (!settings.expand(choice)) {
      throw wrong("'" + choice + "' is none of on, off and auto")
          .withHint("\\x alone changes between on and auto.");
    }
    say(
        switch (settings.expanded()) {
          case ON -> "Tables show one value a line.";
          case OFF -> "Tables show a row a line, however long it is.";
          case AUTO -> "Tables show a row a line, where the window has room for its columns.";
        });
  }

  private void say(String text) throws IOException {
    surroundings.out().write((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.INVALID_STATEMENT, problem);
  }
}
