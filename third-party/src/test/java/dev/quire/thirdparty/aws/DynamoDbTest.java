package dev.quire.thirdparty.aws;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.common.Json;
import dev.quire.chain.Verdict;
import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.ConnectorContext;
import dev.quire.thirdparty.servers.Installed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scans of a DynamoDB that another team made: tokens that are maps, pages without rows. */
class DynamoDbTest {
  private static Dynalite dynalite;
  private static Engine engine;

  @BeforeAll
  static void start() throws Exception {
    Installed.require("moto");
    dynalite = Dynalite.start();
    Moto.python("seed.py", dynalite.url(), "dynamodb");
    Map<String, String> source =
        Map.of(
            "type",
            "aws",
            "region",
            "us-east-1",
            "endpoint",
            dynalite.url(),
            "credentials.access_key_id",
            "seed",
            "credentials.secret_access_key",
            "seed");
    engine = Engine.open(Configuration.of(Map.of("aws", source)), ConnectorContext.system());
  }

  @AfterAll
  static void stop() throws Exception {
    if (engine != null) {
      engine.close();
    }
    if (dynalite != null) {
      dynalite.close();
    }
  }

  /** The items of a scan, as JSON, and how many requests it took. */
  private record Scan(List<Object> items, int requests) {}

  private static Scan scan(String conditions) {
    AtomicInteger requests = new AtomicInteger();
    StatementOptions options =
        StatementOptions.DEFAULT
            .withPageSize(500)
            .withListener(report -> requests.addAndGet(report.purpose() == Purpose.DATA ? 1 : 0));
    String sql = "SELECT Item FROM aws.dynamodb.scan WHERE TableName = 'items'" + conditions;
    try (Result result = engine.query(sql, options)) {
      List<Object> items = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        items.add(Json.read(String.valueOf(row[0]), Object.class));
      }
      assertThat(result.verdict()).isEqualTo(Verdict.COMPLETE);
      return new Scan(items, requests.get());
    }
  }

  private static List<Object> boto3(String parameters) throws Exception {
    String items = Moto.python("read.py", dynalite.url(), "dynamodb", "scan", parameters, "Items");
    return List.of(Json.read(items, Object[].class));
  }

  @Test
  void a_whole_table_is_read_by_tokens_that_are_keys() throws Exception {
    Scan scan = scan("");

    assertThat(scan.items()).hasSize(4_000).isEqualTo(boto3("{\"TableName\": \"items\"}"));
    assertThat(scan.requests()).isBetween(8, 9);
  }

  @Test
  void pages_whose_rows_a_filter_took_away_are_not_the_end() throws Exception {
    Scan scan =
        scan(
            " AND FilterExpression = 'marked = :m'"
                + " AND ExpressionAttributeValues = '{\":m\": {\"BOOL\": true}}'");

    assertThat(scan.items())
        .hasSize(3)
        .isEqualTo(
            boto3(
                "{\"TableName\": \"items\", \"FilterExpression\": \"marked = :m\","
                    + " \"ExpressionAttributeValues\": {\":m\": {\"BOOL\": true}}}"));
    assertThat(scan.requests()).isBetween(8, 9);
  }
}
