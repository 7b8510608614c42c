package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.odata.metadata.GraphModel;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Group E of the conformance matrix: what Microsoft Graph sends and leaves out. */
class GraphRowsTest extends GraphShop {

  @Test
  void rows_of_derived_types_are_rows_of_the_base() {
    shop.api.script(
        Reply.json(
            """
            {"@odata.context":"$metadata#directoryObjects","value":[
              {"@odata.type":"#microsoft.graph.user","id":"1","displayName":"Zoë","badge":7,
               "office":{"city":"Oslo"}},
              {"@odata.type":"#microsoft.graph.group","id":"2","groupTypes":["Unified"],
               "groupTypes@odata.type":"#Collection(String)",
               "deletedDateTime":"2026-01-02T03:04:05Z"},
              {"@odata.type":"#microsoft.graph.notYetKnown","id":"3","deletedDateTime":null}]}
            """));
    Table objects = shop.table("directoryObjects");
    List<Object[]> rows =
        Shop.read(
            objects,
            ScanRequest.of(List.of("id", "deletedDateTime")),
            Demand.UNCERTAIN,
            shop.context);
    assertThat(rows)
        .containsExactly(
            new Object[] {"1", null},
            new Object[] {"2", Instant.parse("2026-01-02T03:04:05Z")},
            new Object[] {"3", null});
  }

  @Test
  void what_the_caller_may_not_see_is_null_even_where_the_model_denies_it() {
    shop.api.script(Reply.json("{\"value\":[{\"id\":\"1\",\"badge\":null}]}"));
    assertThat(users().schema().findColumn("badge").map(Column::nullable)).contains(true);
    assertThat(users().schema().findColumn("id").map(Column::nullable)).contains(false);
    assertThat(read(ScanRequest.of(List.of("id", "badge"))))
        .containsExactly(new Object[] {"1", null});
  }

  @Test
  void selects_every_column_by_name_however_many() {
    String many =
        IntStream.range(0, 400)
            .mapToObj(i -> "<Property Name=\"extensionAttribute" + i + "\" Type=\"Edm.String\"/>")
            .reduce("", String::concat);
    shop.api.on(
        "/s/$metadata",
        request ->
            Shop.xml(
                Shop.resource("graph.xml")
                    .replace("<Property Name=\"aboutMe\"", many + "<Property Name=\"aboutMe\"")));
    shop.api.script(page(1, 1));
    read(ScanRequest.of(users().schema().columns().stream().map(Column::name).toList()));
    assertThat(shop.targets().get(0)).contains("$select=id,").contains(",extensionAttribute399,");
  }

  @Test
  void what_is_sent_for_one_entity_only_is_hidden_in_lists() {
    assertThat(users().schema().findColumn("aboutMe").orElseThrow().has(Trait.HIDDEN)).isTrue();
    assertThat(users().schema().findColumn("badge").orElseThrow().has(Trait.HIDDEN)).isFalse();
    Table me = shop.table("me");
    assertThat(me.schema().findColumn("aboutMe").orElseThrow().has(Trait.HIDDEN)).isFalse();
  }

  @Test
  void a_singleton_is_asked_for_by_name_without_a_page_size() {
    shop.api.on("/s/me", request -> Reply.json("{\"id\":\"7\",\"displayName\":\"Zoë\"}"));
    ScanRequest scan = ScanRequest.of(List.of("id", "displayName"));
    assertThat(Shop.read(shop.table("me"), scan, Demand.UNCERTAIN, shop.context))
        .containsExactly(new Object[] {"7", "Zoë"});
    assertThat(shop.targets()).containsExactly("/s/me?$select=id,displayName");
  }

  @Test
  void newer_members_of_enumerations_are_asked_for() {
    serveUsers(1);
    read(ids());
    assertThat(shop.pages().get(0).headers("Prefer"))
        .containsExactly("include-unknown-enum-members");
  }

  @Test
  void the_url_is_known(@TempDir Path folder) throws IOException {
    Path model = Files.writeString(folder.resolve("graph.xml"), Shop.resource("graph.xml"));
    Map<String, String> values = Map.of("profile", "graph", "metadata", model.toString());
    SourceConfig config = SourceConfig.of("graph", values);
    try (Source source = new ODataConnector().open(config, shop.clock.context())) {
      Table users = source.findTable(TableName.of("users"), shop.context).orElseThrow();
      Split split = Split.whole(TableName.of("users"), users.pushDown(ids()).accepted());
      assertThat(users.open(split, shop.context).firstRequest().url())
          .isEqualTo("https://graph.microsoft.com/v1.0/users?$select=id&$top=100");
    }
  }

  @Test
  void another_profile_needs_a_url() {
    assertThatThrownBy(
            () -> new ODataConnector().open(SourceConfig.of("crm", Map.of()), shop.clock.context()))
        .hasMessageContaining("needs the key 'url'");
  }

  @Test
  void e6_never_expands() {
    serveUsers(1);
    List<String> columns = users().schema().columns().stream().map(Column::name).toList();
    assertThat(columns).doesNotContain("manager", "messages");
    read(ScanRequest.of(columns));
    assertThat(shop.targets()).noneMatch(target -> target.contains("expand"));
  }

  @Test
  void fifteen_comparisons_are_sent_and_the_sixteenth_is_made_here() {
    assertThat(users().pushDown(ids().withFilters(List.of(badges(15)))).filters())
        .containsExactly(Fidelity.EXACT);
    assertThat(users().pushDown(ids().withFilters(List.of(badges(16)))).filters())
        .containsExactly(Fidelity.NONE);
  }

  private static Expression badges(int count) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new ColumnRef("badge", DataType.INTEGER));
    IntStream.range(0, count).forEach(i -> arguments.add(new Constant(i, DataType.INTEGER)));
    return new Expression.Call(Function.IN, arguments);
  }

  @Test
  void every_table_of_a_model_of_its_size_can_be_asked_for() {
    shop.api.on("/s/$metadata", request -> Shop.xml(GraphModel.document()));
    List<TableName> names = shop.source.tables("", shop.context);
    assertThat(names).hasSize(GraphModel.SETS + GraphModel.SINGLETONS);
    for (TableName name : names) {
      Table table = shop.table(name.name());
      ScanRequest all =
          ScanRequest.of(table.schema().columns().stream().map(Column::name).toList());
      String url =
          table
              .open(Split.whole(name, table.pushDown(all).accepted()), shop.context)
              .firstRequest()
              .url();
      assertThat(url).startsWith(shop.api.url("/s/" + name.name() + "?$select=id,"));
    }
    assertThat(shop.api.requests()).hasSize(1);
  }
}
