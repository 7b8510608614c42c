package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.spi.Connector;
import dev.quire.spi.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The user guide, with the page of exports, names every option; the pages of connectors every key,
 * with its default.
 */
class GuideTest {
  private static final Path DOCS = Path.of("..", "docs");

  @TempDir Path folder;

  @Test
  void every_option_stands_in_the_guide() throws IOException {
    String guide =
        Files.readString(DOCS.resolve("guide.md")) + Files.readString(DOCS.resolve("export.md"));
    CommandLine quire = new CommandTrial(folder).commandLine();
    assertThat(quire.getSubcommands())
        .containsOnlyKeys(
            "query",
            "export",
            "explain",
            "tables",
            "describe",
            "check",
            "init",
            "probe",
            "shell",
            "demo",
            "aws");
    List<CommandLine> commands = new ArrayList<>(quire.getSubcommands().values());
    commands.addAll(quire.getSubcommands().get("aws").getSubcommands().values());
    for (CommandLine command : commands) {
      command.getCommandSpec().options().stream()
          .map(CommandLine.Model.OptionSpec::longestName)
          .filter(name -> !name.equals("--version"))
          .forEach(name -> assertThat(guide.contains(name)).as(name).isTrue());
    }
  }

  @Test
  void every_key_of_every_connector_stands_in_its_page_or_in_that_of_all_keys() throws IOException {
    String all = Files.readString(DOCS.resolve("configuration.md"));
    for (Connector connector : ServiceLoader.load(Connector.class)) {
      String name = connector.type().equals("local") ? "files" : connector.type();
      String page = Files.readString(DOCS.resolve("connectors/" + name + ".md"));
      for (Property property : connector.properties()) {
        String line = lineOf(property, page + all);
        property.defaultValue().ifPresent(value -> assertThat(line).contains("`" + value + "`"));
        assertThat(property.choices()).allMatch(line::contains);
      }
    }
  }

  private static String lineOf(Property property, String text) {
    return text.lines()
        .filter(line -> line.startsWith("| `") && line.contains("`" + property.name() + "`"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no documentation of " + property.name()));
  }
}
