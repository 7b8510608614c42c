package dev.quire.benchmark;

import dev.quire.http.Bodies;
import dev.quire.http.Body;
import dev.quire.odata.json.PageParser;
import dev.quire.odata.json.PageReader;
import dev.quire.odata.json.ParsedPage;
import dev.quire.odata.json.RowPlan;
import dev.quire.odata.metadata.EdmKind;
import dev.quire.odata.metadata.Field;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Rows of an OData page, all of its columns and one of them, from its bytes and by tokens. */
@State(Scope.Benchmark)
public class ODataPageBenchmark {
  private static final int ROWS = 5_000;
  private static final List<Field> ALL =
      List.of(
          field("accountid", DataType.UUID),
          field("name", DataType.VARCHAR),
          field("revenue", DataType.DECIMAL),
          field("statecode", DataType.INTEGER),
          field("createdon", DataType.TIMESTAMP_TZ));

  private final byte[] page = page();
  private final Bodies bodies = new Bodies();
  private final RowPlan plan = new RowPlan(ALL);
  private final PageReader all = new PageReader(Protocol.V4, plan);
  private final PageReader one = new PageReader(Protocol.V4, new RowPlan(ALL.subList(1, 2)));

  private static Field field(String name, DataType type) {
    return Field.sent(Column.of(name, type), name, EdmKind.STRUCTURE);
  }

  private static byte[] page() {
    StringBuilder json = new StringBuilder("{\"@odata.context\":\"c\",\"value\":[");
    for (int i = 0; i < ROWS; i++) {
      json.append(i == 0 ? "" : ",")
          .append("{\"@odata.etag\":\"W/\\\"7000000\\\"\",\"accountid\":\"")
          .append(new UUID(0x45568d0468b680c0L, i))
          .append("\",\"name\":\"Alder Birch GmbH ")
          .append(i)
          .append("\",\"revenue\":76539499.6500000000,\"statecode\":0,\"createdon\":\"")
          .append("2026-11-22T04:36:00Z\"}");
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private Body body() throws IOException {
    Body body = bodies.read(new Received(page));
    bodies.free(body);
    return body;
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ParsedPage rowWithAllColumns() throws IOException {
    return all.read(body(), "application/json");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ParsedPage rowWithOneColumn() throws IOException {
    return one.read(body(), "application/json");
  }

  /** The way of what is not certain. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public ParsedPage rowByTokens() throws IOException {
    return PageParser.parse(
        new ByteArrayInputStream(page), "application/json", Protocol.V4, plan, false);
  }
}
