package dev.quire.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Demand;
import dev.quire.chain.StatementContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small Dataverse on a fake API, and a source that reads it. */
final class Crm implements AutoCloseable {
  static final String ROOT = "/api/data/v9.2";

  final FakeApi api = FakeApi.start();
  final FakeClock clock = FakeClock.start();
  final StatementContext context =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});
  final Source source;

  Crm(String... settings) {
    Map<String, String> config = new TreeMap<>();
    config.put("url", api.url(ROOT));
    config.put("profile", "dataverse");
    for (int i = 0; i < settings.length; i += 2) {
      config.put(settings[i], settings[i + 1]);
    }
    api.on(ROOT + "/$metadata", request -> Shop.xml(Shop.resource("crm.xml")));
    source = new ODataConnector().open(SourceConfig.of("crm", config), clock.context());
  }

  Table table(String name) {
    return source.findTable(TableName.of(name), context).orElseThrow();
  }

  Table accounts() {
    return table("accounts");
  }

  List<Object[]> readAccounts(String... columns) {
    return read(accounts(), ScanRequest.of(List.of(columns)));
  }

  List<Object[]> read(Table table, ScanRequest scan) {
    return Shop.read(table, scan, Demand.UNCERTAIN, context);
  }

  /** The table of a query. */
  Table fetch(String xml) {
    return source.tableFunction("FetchXML", List.of(xml), context).orElseThrow();
  }

  /** The queries in FetchXML as they arrived. */
  List<String> queries() {
    return calls().stream().map(call -> call.parameter("fetchXml").orElseThrow()).toList();
  }

  /** Asserts that a call fails like this. */
  static void refused(Runnable call, ErrorKind kind, String... parts) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            SourceException.class,
            e -> {
              assertThat(e.kind()).isEqualTo(kind);
              assertThat(e.problem()).contains(parts);
            });
  }

  /** An answer with these rows and more members of its object, in apostrophes for quotes. */
  static Reply page(String rows, String... members) {
    String more = members.length == 0 ? "" : "," + String.join(",", members);
    return Reply.json(("{'value':[" + rows + "]" + more + "}").replace('\'', '"'));
  }

  static Reply error(int status, String code, String message) {
    return Reply.json("{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}")
        .withStatus(status);
  }

  /** The requests for anything but $metadata. */
  List<ReceivedRequest> calls() {
    return api.requests().stream()
        .filter(request -> !request.path().contains("$metadata"))
        .toList();
  }

  List<String> targets() {
    return calls().stream().map(request -> request.target().substring(ROOT.length() + 1)).toList();
  }

  @Override
  public void close() {
    source.close();
    api.close();
  }
}
