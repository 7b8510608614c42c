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
import dev.quire.spi.RequestReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Quire and boto3 read the same moto: the rows are the same, value by value. */
class AwsRowsTest {
  private static Moto moto;
  private static String zone;
  private static Engine engine;

  @BeforeAll
  static void start() throws Exception {
    moto = Moto.start();
    zone = moto.seed("all").replace("zone=", "").strip();
    Map<String, String> source =
        Map.of(
            "type",
            "aws",
            "region",
            "us-east-1",
            "endpoint",
            moto.url(),
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
    if (moto != null) {
      moto.close();
    }
  }

  /**
   * What was read.
   *
   * @param requests one line each
   */
  private record Answer(List<List<@Nullable Object>> rows, List<String> requests) {}

  private static Answer run(String sql) {
    List<String> requests = Collections.synchronizedList(new ArrayList<>());
    StatementOptions options =
        StatementOptions.DEFAULT.withListener(report -> note(report, requests));
    try (Result result = engine.query(sql, options)) {
      List<List<@Nullable Object>> rows = new ArrayList<>();
      for (Object[] row = result.next(); row != null; row = result.next()) {
        rows.add(Arrays.asList(row.clone()));
      }
      assertThat(result.verdict()).isEqualTo(Verdict.COMPLETE);
      return new Answer(rows, List.copyOf(requests));
    }
  }

  private static void note(RequestReport report, List<String> requests) {
    if (report.purpose() == Purpose.DATA) {
      requests.add(report.method() + " " + report.url());
    }
  }

  /** Runs a statement over the columns and compares with boto3's elements. */
  private static Answer same(
      String from,
      List<String> columns,
      String service,
      String operation,
      String parameters,
      String result)
      throws Exception {
    List<String> quoted = columns.stream().map(name -> '"' + name + '"').toList();
    Answer answer = run("SELECT " + String.join(", ", quoted) + " FROM " + from);
    List<?> elements = Json.read(moto.read(service, operation, parameters, result), List.class);
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (Object element : elements) {
      List<@Nullable Object> row = new ArrayList<>();
      columns.forEach(column -> row.add(plain(member(element, column))));
      expected.add(row);
    }
    List<List<@Nullable Object>> actual = new ArrayList<>();
    for (int i = 0; i < answer.rows().size(); i++) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int j = 0; j < columns.size(); j++) {
        boolean tree = i < elements.size() && isTree(member(elements.get(i), columns.get(j)));
        Object value = answer.rows().get(i).get(j);
        row.add(plain(tree && value != null ? Json.read((String) value, Object.class) : value));
      }
      actual.add(row);
    }
    assertThat(expected).isNotEmpty();
    assertThat(actual).isEqualTo(expected);
    return answer;
  }

  private static @Nullable Object member(Object element, String path) {
    Object at = element;
    for (String name : path.split("\\.", -1)) {
      at = at instanceof Map<?, ?> map ? map.get(name) : name.isEmpty() ? at : null;
    }
    return element instanceof Map<?, ?> ? at : element;
  }

  private static boolean isTree(@Nullable Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>;
  }

  /** Numbers and times in one form, times to the millisecond. */
  private static @Nullable Object plain(@Nullable Object value) {
    if (value instanceof Instant time) {
      return plain(BigDecimal.valueOf(time.toEpochMilli(), 3));
    }
    if (value instanceof Number number) {
      return new BigDecimal(number.toString())
          .setScale(3, RoundingMode.DOWN)
          .stripTrailingZeros()
          .toPlainString();
    }
    return value;
  }

  @Test
  void glue_jobs() throws Exception {
    same(
        "aws.glue.get_jobs",
        List.of("Name", "Role", "CreatedOn", "Command.ScriptLocation", "DefaultArguments"),
        "glue",
        "get_jobs",
        "{}",
        "Jobs");
  }

  @Test
  void all_runs_of_a_glue_job_200_a_page() throws Exception {
    Answer answer =
        same(
            "aws.glue.get_job_runs WHERE JobName = 'etl'",
            List.of("Id", "JobName", "JobRunState", "StartedOn", "Attempt", "Arguments"),
            "glue",
            "get_job_runs",
            "{\"JobName\": \"etl\"}",
            "JobRuns");

    assertThat(answer.rows()).hasSize(1_234);
    assertThat(answer.requests()).hasSize(7);
  }

  @Test
  void all_runs_of_all_jobs_by_one_statement() {
    Answer answer =
        run(
            "SELECT j.Name, r.Id FROM aws.glue.get_jobs j"
                + " JOIN aws.glue.get_job_runs r ON r.JobName = j.Name");

    assertThat(answer.rows()).hasSize(1_241).doesNotHaveDuplicates();
    assertThat(answer.requests()).hasSize(1 + 7 + 1 + 1);
  }

  @Test
  void objects_of_a_bucket() throws Exception {
    Answer answer =
        same(
            "aws.s3.list_objects_v2 WHERE Bucket = 'books'",
            List.of("Key", "LastModified", "ETag", "Size", "StorageClass"),
            "s3",
            "list_objects_v2",
            "{\"Bucket\": \"books\"}",
            "Contents");

    assertThat(answer.rows()).hasSize(2_405);
    assertThat(answer.requests()).hasSize(3);
  }

  @Test
  void folders_of_a_bucket() throws Exception {
    same(
        "aws.s3.list_objects_v2_common_prefixes WHERE Bucket = 'books' AND Delimiter = '/'",
        List.of("Prefix"),
        "s3",
        "list_objects_v2",
        "{\"Bucket\": \"books\", \"Delimiter\": \"/\"}",
        "CommonPrefixes");
  }

  @Test
  void objects_of_one_folder_beside_its_siblings() throws Exception {
    same(
        "aws.s3.list_objects_v2 WHERE Bucket = 'books' AND Prefix = 'ü+&/'",
        List.of("Key"),
        "s3",
        "list_objects_v2",
        "{\"Bucket\": \"books\", \"Prefix\": \"ü+&/\"}",
        "Contents");
  }

  @Test
  void parameters_and_the_empty_page_at_their_end() throws Exception {
    same(
        "aws.ssm.get_parameters_by_path WHERE Path = '/app'",
        List.of("Name", "Value", "Version", "LastModifiedDate"),
        "ssm",
        "get_parameters_by_path",
        "{\"Path\": \"/app\"}",
        "Parameters");
  }

  @Test
  void log_events_whose_last_token_comes_twice() throws Exception {
    same(
        "aws.logs.get_log_events"
            + " WHERE logGroupName = '/app' AND logStreamName = 'main' AND startFromHead = TRUE",
        List.of("timestamp", "message"),
        "logs",
        "get_log_events",
        "{\"logGroupName\": \"/app\", \"logStreamName\": \"main\"}",
        "events");
  }

  @Test
  void record_sets_with_three_tokens() throws Exception {
    Answer answer =
        same(
            "aws.route53.list_resource_record_sets WHERE HostedZoneId = '" + zone + "'",
            List.of("Name", "Type", "TTL", "ResourceRecords"),
            "route53",
            "list_resource_record_sets",
            "{\"HostedZoneId\": \"" + zone + "\"}",
            "ResourceRecordSets");

    assertThat(answer.rows()).hasSize(702);
  }

  @Test
  void metrics_of_the_query_protocol() throws Exception {
    same(
        "aws.cloudwatch.list_metrics",
        List.of("Namespace", "MetricName", "Dimensions"),
        "cloudwatch",
        "list_metrics",
        "{}",
        "Metrics");
  }

  @Test
  void state_machines() throws Exception {
    same(
        "aws.stepfunctions.list_state_machines",
        List.of("stateMachineArn", "name", "creationDate"),
        "stepfunctions",
        "list_state_machines",
        "{}",
        "stateMachines");
  }

  @Test
  void volumes_of_the_ec2_protocol() throws Exception {
    same(
        "aws.ec2.describe_volumes",
        List.of("VolumeId", "Size", "AvailabilityZone", "CreateTime", "State", "Encrypted"),
        "ec2",
        "describe_volumes",
        "{}",
        "Volumes");
  }

  @Test
  void queues() throws Exception {
    same("aws.sqs.list_queues", List.of("QueueUrl"), "sqs", "list_queues", "{}", "QueueUrls");
  }
}
