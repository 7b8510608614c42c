package dev.quire.odata;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.spi.CallContext;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small OData service on a fake API, and a source that reads it. */
final class Shop implements AutoCloseable {
  final FakeApi api = FakeApi.start();
  final FakeClock clock = FakeClock.start();
  final StatementContext context =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});
  final Source source;

  Shop(String... settings) {
    Map<String, String> config = new TreeMap<>();
    config.put("url", api.url("/s"));
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    api.on("/s/$metadata", request -> xml(metadata()));
    source = new ODataConnector().open(SourceConfig.of("shop", config), clock.context());
  }

  static String metadata() {
    return resource("shop.xml");
  }

  static String resource(String file) {
    try (InputStream in = Shop.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Reply xml(String text) {
    return Reply.text(text).withHeader("Content-Type", "application/xml");
  }

  /** A page of customers with these ids and more members of the answer's object. */
  static Reply page(int from, int count, String... members) {
    StringBuilder json =
        new StringBuilder("{\"@odata.context\":\"$metadata#Customers\",\"value\":[");
    for (int i = 0; i < count; i++) {
      json.append(i == 0 ? "" : ",").append("{\"id\":").append(from + i).append('}');
    }
    json.append(']');
    for (String member : members) {
      json.append(',').append(member);
    }
    return Reply.json(json.append('}').toString());
  }

  static String next(String link) {
    return "\"@odata.nextLink\":\"" + link + "\"";
  }

  Table table(String name) {
    return source.findTable(TableName.of(name), context).orElseThrow();
  }

  Table customers() {
    return table("Customers");
  }

  /** Reads an accepted scan of customers to its end. */
  List<Object[]> read(ScanRequest scan) {
    return read(customers(), scan, Demand.UNCERTAIN, context);
  }

  static List<Object[]> read(Table table, ScanRequest scan, Demand demand, CallContext context) {
    List<Object[]> rows = new ArrayList<>();
    try (PageChain chain =
        new PageChain(
            table,
            table.splits(scan, 1, context).get(0),
            context,
            Checkpoint.START,
            demand,
            Runnable::run,
            "shop." + table.schema().name())) {
      for (List<Object[]> page = chain.next(); page != null; page = chain.next()) {
        rows.addAll(page);
        if (rows.size() >= demand.rows()) {
          return rows.subList(0, (int) demand.rows());
        }
      }
    }
    return rows;
  }

  /** Reads the columns of a scan as the engine would: what the source accepts. */
  List<Object[]> readWanted(ScanRequest wanted) {
    Pushdown pushdown = customers().pushDown(wanted);
    return read(pushdown.accepted());
  }

  List<Integer> ids(String... columns) {
    return read(ScanRequest.of(List.of("id"))).stream().map(row -> (Integer) row[0]).toList();
  }

  /** The requests for rows. */
  List<ReceivedRequest> pages() {
    return api.requests().stream()
        .filter(request -> !request.path().contains("$metadata"))
        .toList();
  }

  List<String> targets() {
    return pages().stream().map(ReceivedRequest::target).toList();
  }

  @Override
  public void close() {
    source.close();
    api.close();
  }
}
