package dev.quire.odata;

import dev.quire.chain.Demand;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Table;
import dev.quire.testkit.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A small service with Microsoft Graph's ways, and a source that reads it. */
abstract class GraphShop {
  final Shop shop = new Shop("profile", "graph");

  @BeforeEach
  void serveModel() {
    shop.api.on("/s/$metadata", request -> Shop.xml(Shop.resource("graph.xml")));
  }

  @AfterEach
  void close() {
    shop.api.verifyNoUnexpected();
    shop.close();
  }

  Table users() {
    return shop.table("users");
  }

  static ScanRequest ids() {
    return ScanRequest.of(List.of("id"));
  }

  static Reply page(int from, int count, String... members) {
    List<String> rows =
        IntStream.range(from, from + count).mapToObj(id -> "{\"id\":\"" + id + "\"}").toList();
    List<String> all = new ArrayList<>(List.of("\"value\":[" + String.join(",", rows) + "]"));
    all.addAll(List.of(members));
    return Reply.json("{" + String.join(",", all) + "}");
  }

  /** Serves {@code total} users; {@code $top} is the size of a page, whatever comes after it. */
  void serveUsers(int total) {
    shop.api.on(
        "/s/users",
        request -> {
          int size = request.parameter("$top").map(Integer::parseInt).orElse(100);
          int from = request.parameter("$skiptoken").map(Integer::parseInt).orElse(0);
          int count = Math.min(size, total - from);
          int end = from + count;
          String link = shop.api.url("/s/users?$top=" + size + "&$skiptoken=" + end);
          return end < total ? page(from, count, Shop.next(link)) : page(from, count);
        });
  }

  List<Object[]> read(ScanRequest wanted) {
    Demand demand =
        wanted.limit().isPresent() ? Demand.first(wanted.limit().getAsLong()) : Demand.UNCERTAIN;
    return Shop.read(users(), users().pushDown(wanted).accepted(), demand, shop.context);
  }

  static Reply error(int status, String code, String message) {
    String text =
        "{\"error\":{\"code\":\"%s\",\"message\":\"%s\",\"innerError\":{\"date\":\"2026-11-22\","
            + "\"request-id\":\"b2f848ee\",\"client-request-id\":\"c\"}}}";
    return Reply.json(String.format(text, code, message)).withStatus(status);
  }
}
