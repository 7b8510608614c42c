package dev.quire.it.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.duckdb.DuckSettings;
import dev.quire.engine.config.Configuration;
import dev.quire.http.HttpDoor;
import dev.quire.spi.Connector;
import dev.quire.spi.Property;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are those of the property records. With {@code
 * -Dquire.update-docs} they are written there.
 */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Pattern TABLE =
      Pattern.compile("(<!-- keys: (\\w+) -->\n)(.*?)(<!-- end -->)", Pattern.DOTALL);

  @Test
  void its_tables_are_those_of_the_properties() throws IOException {
    String page = Files.readString(PAGE);
    String wanted =
        TABLE
            .matcher(page)
            .replaceAll(
                match ->
                    Matcher.quoteReplacement(
                        match.group(1) + table(properties(match.group(2))) + match.group(4)));
    if (System.getProperty("quire.update-docs") != null) {
      Files.writeString(PAGE, wanted);
      return;
    }
    assertThat(page)
        .as("run this test with -Dquire.update-docs to update the page")
        .isEqualTo(wanted);
  }

  @Test
  void it_has_a_table_for_each_connector() throws IOException {
    String page = Files.readString(PAGE);
    assertThat(page)
        .contains(
            "<!-- keys: limits -->", "<!-- keys: source_limits -->", "<!-- keys: page_index -->")
        .contains("<!-- keys: memory -->", "<!-- keys: http -->");
    for (Connector connector : ServiceLoader.load(Connector.class)) {
      assertThat(page).contains("<!-- keys: " + connector.type() + " -->");
    }
  }

  private static List<Property> properties(String table) {
    if (table.equals("limits")) {
      return Configuration.limitProperties();
    }
    if (table.equals("source_limits")) {
      return Configuration.sourceLimitProperties();
    }
    if (table.equals("page_index")) {
      List<Property> others = new ArrayList<>(Configuration.sourceProperties());
      others.removeAll(Configuration.sourceLimitProperties());
      return others;
    }
    if (table.equals("memory")) {
      return DuckSettings.PROPERTIES;
    }
    if (table.equals("http")) {
      return HttpDoor.properties();
    }
    Connector connector =
        ServiceLoader.load(Connector.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(each -> each.type().equals(table))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no connector " + table));
    List<Property> own = new ArrayList<>(connector.properties());
    own.removeAll(HttpDoor.properties());
    return own;
  }

  private static String table(List<Property> properties) {
    StringBuilder table =
        new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
    for (Property property : properties) {
      table
          .append("| `")
          .append(property.name())
          .append("` | ")
          .append(value(property))
          .append(" | ")
          .append(
              property.required()
                  ? "required"
                  : property.defaultValue().map(each -> "`" + each + "`").orElse(""))
          .append(" | ")
          .append(property.description().replace("|", "\\|"))
          .append(" |\n");
    }
    return table.toString();
  }

  private static String value(Property property) {
    return switch (property.kind()) {
      case CHOICE -> "`" + String.join("`, `", property.choices()) + "`";
      case URL -> "URL";
      case INTEGER -> "whole number";
      case BOOLEAN -> "`true` or `false`";
      default -> property.kind().name().toLowerCase(Locale.ROOT);
    };
  }
}
