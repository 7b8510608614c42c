package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.quire.chain.StatementContext;
import dev.quire.odata.metadata.GraphModel;
import dev.quire.odata.profile.Profile;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.RequestPreview;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every table of a large model can be described, and has a first request; nothing is sent. */
class FirstRequestsTest {
  private static final String ROOT = "https://org.example/api/data/v9.2";

  private final FakeClock clock = FakeClock.start();
  private final StatementContext context =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});

  private Source open(Path metadata, String profile) {
    Map<String, String> config =
        Map.of("url", ROOT, "profile", profile, "metadata", metadata.toString());
    return new ODataConnector().open(SourceConfig.of("big", config), clock.context());
  }

  private static Path dataverse() {
    Path folder = Path.of("").toAbsolutePath();
    String file = "shared/data/dataverse-v9.1-metadata.xml";
    while (folder != null && !Files.exists(folder.resolve(file))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "no folder shared/data with real models");
    return folder.resolve(file);
  }

  private RequestPreview first(Table table, Predicate<Column> wanted) {
    List<String> columns =
        table.schema().columns().stream().filter(wanted).map(Column::name).toList();
    ScanRequest scan = table.pushDown(ScanRequest.of(columns)).accepted();
    return table.open(Split.whole(table.schema().name(), scan), context).firstRequest();
  }

  /** Asks for the first request of every table; answers how many there are. */
  private int walk(Source source, Profile profile) {
    List<TableName> names = source.tables("", context);
    for (TableName name : names) {
      Table table = source.findTable(name, context).orElseThrow();
      assertThat(table.schema().columns()).as("%s", name).isNotEmpty().doesNotHaveDuplicates();
      for (Predicate<Column> wanted :
          List.<Predicate<Column>>of(column -> !column.has(Trait.HIDDEN), column -> true)) {
        RequestPreview request = first(table, wanted);
        assertThat(request.method()).as("%s", name).isEqualTo("GET");
        assertThat(request.url())
            .startsWith(ROOT + "/" + name.name())
            .contains("?$select=")
            .matches("[!-~]+");
        if (profile.entities().whole()) {
          assertThat(request.url()).hasSizeLessThanOrEqualTo(profile.maxUrl());
        }
      }
    }
    return names.size();
  }

  @Test
  void every_table_of_dataverse_has_a_first_request() {
    try (Source source = open(dataverse(), "dataverse")) {
      assertThat(walk(source, Profile.DATAVERSE)).isEqualTo(269);
    }
    assertThat(context.warnings()).isEmpty();
  }

  @Test
  void every_entity_of_dataverse_can_be_fetched_whole() throws IOException {
    Matcher sets =
        Pattern.compile("<EntitySet Name=\"\\w+\" EntityType=\"Microsoft.Dynamics.CRM.(\\w+)\"")
            .matcher(Files.readString(dataverse()));
    int fetched = 0;
    try (Source source = open(dataverse(), "dataverse")) {
      while (sets.find()) {
        String xml = "<fetch><entity name='" + sets.group(1) + "'/></fetch>";
        Table table = source.tableFunction("fetchxml", List.of(xml), context).orElseThrow();
        assertThat(table.schema().columns()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(first(table, column -> true).url())
            .contains("?fetchXml=%3Cfetch%20count%3D'5000'");
        fetched++;
      }
    }
    assertThat(fetched).isEqualTo(269);
  }

  @Test
  void every_table_of_a_model_of_graphs_size_has_a_first_request(@TempDir Path folder)
      throws IOException {
    Path file = Files.writeString(folder.resolve("graph.xml"), GraphModel.document());
    try (Source source = open(file, "graph")) {
      assertThat(walk(source, Profile.GRAPH)).isEqualTo(GraphModel.SETS + GraphModel.SINGLETONS);
    }
  }
}
