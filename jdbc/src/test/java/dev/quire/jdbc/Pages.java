package dev.quire.jdbc;

import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An OData service with one entity set, {@code items}, of numbered rows in pages, and connections
 * to it through the driver. A test may answer any page in its own way.
 */
final class Pages implements AutoCloseable {
  private static final String METADATA =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
       <edmx:DataServices>
        <Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
         <EntityType Name="item">
          <Key><PropertyRef Name="id"/></Key>
          <Property Name="id" Type="Edm.Int32" Nullable="false"/>
          <Property Name="name" Type="Edm.String" MaxLength="80"/>
          <Property Name="price" Type="Edm.Decimal" Precision="18" Scale="2"/>
          <Property Name="size" Type="Edm.Int64"/>
          <Property Name="weight" Type="Edm.Double"/>
          <Property Name="ratio" Type="Edm.Single"/>
          <Property Name="sold" Type="Edm.Boolean"/>
          <Property Name="made" Type="Edm.Date"/>
          <Property Name="opens" Type="Edm.TimeOfDay"/>
          <Property Name="changed" Type="Edm.DateTimeOffset"/>
          <Property Name="code" Type="Edm.Guid"/>
          <Property Name="raw" Type="Edm.Binary"/>
         </EntityType>
         <EntityContainer Name="all">
          <EntitySet Name="items" EntityType="shop.item"/>
         </EntityContainer>
        </Schema>
       </edmx:DataServices>
      </edmx:Edmx>
      """;

  static final String VALUES =
      ",\"price\":12.50,\"size\":9007199254740993,\"weight\":0.5,\"ratio\":1.1,\"sold\":true,"
          + "\"made\":\"2026-11-01\",\"opens\":\"08:30:00\",\"changed\":\"2026-11-01T08:30:15.25Z\","
          + "\"code\":\"11111111-2222-3333-4444-555555555555\",\"raw\":\"AQID\"";

  private final FakeApi api = FakeApi.start();
  private final int rows;
  private final int pageSize;

  Pages(int rows, int pageSize) {
    this.rows = rows;
    this.pageSize = pageSize;
    api.on(
        "/odata/$metadata",
        request -> Reply.text(METADATA).withHeader("Content-Type", "application/xml"));
    api.on("/odata/items", this::page);
  }

  /** Answers every request for items with this instead. */
  Pages answering(Function<ReceivedRequest, Reply> other) {
    api.on("/odata/items", other);
    return this;
  }

  /** The page that a request asks for. */
  Reply page(ReceivedRequest request) {
    int from = token(request);
    int end = Math.min(rows, from + pageSize);
    String next = end < rows ? ",\"@odata.nextLink\":\"" + link(end) + "\"" : "";
    return Reply.json("{\"value\":[" + items(from, end) + "]" + next + "}");
  }

  static int token(ReceivedRequest request) {
    return request.parameter("$skiptoken").map(Integer::parseInt).orElse(0);
  }

  private String link(int token) {
    return service() + "/items?$skiptoken=" + token;
  }

  private static String items(int from, int end) {
    return IntStream.range(from, end)
        .mapToObj(i -> "{\"id\":" + (i + 1) + ",\"name\":\"n" + (i + 1) + "\"" + VALUES + "}")
        .collect(Collectors.joining(","));
  }

  String service() {
    return api.url("/odata");
  }

  /** The URL of a connection to this service; more keys may follow. */
  String url() {
    return "jdbc:quire:odata:source=s;http.attempts=1;url=" + service();
  }

  Connection connect() throws SQLException {
    return connect("");
  }

  /**
   * @param more keys, each with a semicolon before it
   */
  Connection connect(String more) throws SQLException {
    return DriverManager.getConnection(url() + more);
  }

  FakeApi api() {
    return api;
  }

  /** The requests for rows. */
  List<ReceivedRequest> dataRequests() {
    return api.requests("/odata/items");
  }

  @Override
  public void close() {
    api.close();
    SharedEngines.OF_THE_DRIVER.closeIdle();
  }
}
