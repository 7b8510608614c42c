package dev.quire.odata;

import dev.quire.spi.ConnectorContext;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeRemote;
import dev.quire.testkit.FakeRow;
import dev.quire.testkit.Next;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import dev.quire.testkit.SourceConformanceTest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** OData 2 holds what every source must hold. */
class ODataV2ConformanceTest extends SourceConformanceTest {

  @Override
  protected FakeRemote remote(FakeApi api) {
    return new Remote(api);
  }

  @Override
  protected Source open(FakeApi api, ConnectorContext context, Supplier<String> secret) {
    Map<String, String> values =
        Map.of("url", api.url("/odata"), "auth.type", "bearer", "auth.token", "${secret}");
    SourceConfig config =
        new SourceConfig(
            "svc", values, text -> text.replace("${secret}", secret.get()), key -> "svc." + key);
    return new ODataConnector().open(config, context);
  }

  /** Pages in verbose JSON, with absolute next links. */
  private record Remote(FakeApi api) implements FakeRemote {
    private static final String METADATA =
        """
        <Edmx Version="1.0"><DataServices DataServiceVersion="2.0"><Schema Namespace="S">
          <EntityType Name="Row"><Key><PropertyRef Name="id"/></Key>
            <Property Name="id" Type="Edm.Int32" Nullable="false"/>
            <Property Name="name" Type="Edm.String"/>
            <Property Name="note" Type="Edm.String"/>
            <Property Name="amount" Type="Edm.Decimal" Precision="18" Scale="2"/>
            <Property Name="big" Type="Edm.Int64"/>
            <Property Name="created" Type="Edm.DateTimeOffset" Precision="3"/>
          </EntityType>
          <EntityContainer Name="C"><EntitySet Name="Rows" EntityType="S.Row"/></EntityContainer>
        </Schema></DataServices></Edmx>
        """;

    @Override
    public TableName table() {
      return TableName.of("Rows");
    }

    @Override
    public Optional<Reply> answerAside(ReceivedRequest request) {
      return request.path().endsWith("/$metadata")
          ? Optional.of(Shop.xml(METADATA))
          : request.path().endsWith("/$count") ? Optional.of(Reply.text("1000")) : Optional.empty();
    }

    @Override
    public Optional<String> continuation(ReceivedRequest request) {
      return request.parameter("$skiptoken");
    }

    @Override
    public Reply page(List<FakeRow> rows, Next next) {
      String objects = rows.stream().map(Remote::object).collect(Collectors.joining(","));
      return Reply.json("{\"d\":{\"results\":[" + objects + "]" + link(next) + "}}");
    }

    private static String object(FakeRow row) {
      StringBuilder json = new StringBuilder("{\"__metadata\":{\"type\":\"S.Row\"}");
      for (FakeRow.Field field : FakeRow.Field.values()) {
        json.append(",\"").append(field.name().toLowerCase(Locale.ROOT)).append("\":");
        json.append(value(row, field));
      }
      return json.append('}').toString();
    }

    /** 64-bit integers and decimals are text, points in time milliseconds of a clock in Berlin. */
    private static String value(FakeRow row, FakeRow.Field field) {
      Object value = row.value(field);
      if (field == FakeRow.Field.CREATED) {
        return "\"\\/Date(" + row.created().plusSeconds(7200).toEpochMilli() + "+0120)\\/\"";
      }
      return value == null || value instanceof Integer ? String.valueOf(value) : "\"" + value + '"';
    }

    private String link(Next next) {
      return switch (next.kind()) {
        case TOKEN ->
            ",\"__next\":\""
                + api.url("/odata/Rows?$skiptoken=")
                + URLEncoder.encode(next.text(), StandardCharsets.UTF_8)
                + "\"";
        case URL -> ",\"__next\":\"" + next.text().replace("\\", "\\\\") + "\"";
        case NULL -> ",\"__next\":null";
        case EMPTY -> ",\"__next\":\"\"";
        case ABSENT -> "";
      };
    }

    @Override
    public Reply pageWithoutRows() {
      return Reply.json("{\"d\":{\"__count\":\"0\"}}");
    }

    @Override
    public boolean isAuthorized(ReceivedRequest request, String secret) {
      return request.header("Authorization").equals(Optional.of("Bearer " + secret));
    }
  }
}
