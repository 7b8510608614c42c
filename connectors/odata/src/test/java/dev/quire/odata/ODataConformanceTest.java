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

/** OData holds what every source must hold. */
class ODataConformanceTest extends SourceConformanceTest {

  /** The profile of the source. */
  String profile() {
    return "none";
  }

  @Override
  protected FakeRemote remote(FakeApi api) {
    return new Remote(api);
  }

  @Override
  protected Source open(FakeApi api, ConnectorContext context, Supplier<String> secret) {
    Map<String, String> values =
        Map.of(
            "url",
            api.url("/odata"),
            "profile",
            profile(),
            "auth.type",
            "bearer",
            "auth.token",
            "${secret}");
    SourceConfig config =
        new SourceConfig(
            "svc", values, text -> text.replace("${secret}", secret.get()), key -> "svc." + key);
    return new ODataConnector().open(config, context);
  }

  /** Pages of version 4.0, with absolute next links. */
  private record Remote(FakeApi api) implements FakeRemote {
    private static final String METADATA =
        """
        <Edmx Version="4.0"><DataServices><Schema Namespace="S">
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
      StringBuilder json =
          new StringBuilder("{\"@odata.context\":\"").append(api.url("/odata/$metadata#Rows\""));
      json.append(",\"value\":[");
      for (FakeRow row : rows) {
        json.append(row == rows.get(0) ? "" : ",").append(object(row));
      }
      return Reply.json(json.append(']').append(link(next)).append('}').toString());
    }

    private static String object(FakeRow row) {
      StringBuilder json = new StringBuilder("{");
      for (FakeRow.Field field : FakeRow.Field.values()) {
        Object value = row.value(field);
        boolean plain = value == null || value instanceof Number;
        json.append(json.length() > 1 ? "," : "");
        json.append('"').append(field.name().toLowerCase(Locale.ROOT)).append("\":");
        json.append(plain ? String.valueOf(value) : "\"" + value + "\"");
      }
      return json.append('}').toString();
    }

    private String link(Next next) {
      return switch (next.kind()) {
        case TOKEN ->
            ",\"@odata.nextLink\":\""
                + api.url("/odata/Rows?$skiptoken=")
                + URLEncoder.encode(next.text(), StandardCharsets.UTF_8)
                + "\"";
        case URL -> ",\"@odata.nextLink\":\"" + next.text().replace("\\", "\\\\") + "\"";
        case NULL -> ",\"@odata.nextLink\":null";
        case EMPTY -> ",\"@odata.nextLink\":\"\"";
        case ABSENT -> "";
      };
    }

    @Override
    public Reply pageWithoutRows() {
      return Reply.json("{\"@odata.context\":\"$metadata#Rows\"}");
    }

    @Override
    public boolean isAuthorized(ReceivedRequest request, String secret) {
      return request.header("Authorization").equals(Optional.of("Bearer " + secret));
    }
  }
}
