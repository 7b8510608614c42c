package dev.quire.it.sql;

import dev.quire.testkit.FakeApi;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An OData service over real sockets with one entity set, {@code items}: rows numbered from 1,
 * pages of a fixed size, {@code $skiptoken} next links. A test may put a page of its own in the
 * place of any page.
 */
final class ItemsService implements AutoCloseable {
  static final String METADATA =
      """
      <?xml version="1.0" encoding="utf-8"?>
      <edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
       <edmx:DataServices>
        <Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
         <EntityType Name="item">
          <Key><PropertyRef Name="id"/></Key>
          <Property Name="id" Type="Edm.Int32" Nullable="false"/>
          <Property Name="name" Type="Edm.String"/>
          <Property Name="price" Type="Edm.Decimal" Precision="18" Scale="2"/>
         </EntityType>
         <EntityContainer Name="all">
          <EntitySet Name="items" EntityType="shop.item"/>
         </EntityContainer>
        </Schema>
       </edmx:DataServices>
      </edmx:Edmx>
      """;

  private final FakeApi api = FakeApi.start();
  private final int rows;
  private final int pageSize;

  ItemsService(int rows, int pageSize) {
    this.rows = rows;
    this.pageSize = pageSize;
    api.on("/odata/$metadata", request -> xml(METADATA));
    api.on("/odata/items", this::answer);
  }

  private static Reply xml(String text) {
    return Reply.text(text).withHeader("Content-Type", "application/xml");
  }

  /** Answers every request for items with this instead. */
  ItemsService answering(Function<ReceivedRequest, Reply> other) {
    api.on("/odata/items", other);
    return this;
  }

  Reply answer(ReceivedRequest request) {
    return page(token(request));
  }

  static int token(ReceivedRequest request) {
    return request.parameter("$skiptoken").map(Integer::parseInt).orElse(0);
  }

  /** The page that begins after {@code from} rows. */
  Reply page(int from) {
    int end = Math.min(rows, from + pageSize);
    String next = end < rows ? link(end) : "";
    return Reply.json("{\"value\":[" + items(from, end) + "]" + next + "}");
  }

  String link(int token) {
    return ",\"@odata.nextLink\":\"" + url() + "/items?$skiptoken=" + token + "\"";
  }

  static String items(int from, int end) {
    return IntStream.range(from, end)
        .mapToObj(
            i -> "{\"id\":" + (i + 1) + ",\"name\":\"n" + (i + 1) + "\",\"price\":" + i + ".50}")
        .collect(Collectors.joining(","));
  }

  String url() {
    return api.url("/odata");
  }

  FakeApi api() {
    return api;
  }

  /** The requests for rows, without the one for the metadata. */
  List<ReceivedRequest> dataRequests() {
    return api.requests("/odata/items");
  }

  @Override
  public void close() {
    api.close();
  }
}
