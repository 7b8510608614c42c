package dev.quire.aws;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.spi.ByteForm;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.Column;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.testkit.FakeApi;
import dev.quire.testkit.FakeClock;
import dev.quire.testkit.ReceivedRequest;
import dev.quire.testkit.Reply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tables of the product's own catalogue, read from a fake AWS. */
class AwsTableTest {
  private static final String ROLE_1 = "arn:aws:iam::111111111111:role/reader";
  private static final String ROLE_2 = "arn:aws:iam::222222222222:role/reader";

  private final FakeApi api = FakeApi.start();
  private final FakeClock clock = FakeClock.start();
  private final StatementContext context =
      new StatementContext(clock, StatementContext.Limits.NONE, report -> {});

  @AfterEach
  void close() {
    api.close();
  }

  private Source source(String... pairs) {
    Map<String, String> values = new TreeMap<>();
    values.put("endpoint", api.origin());
    values.put("credentials.access_key_id", "AKIDEXAMPLE");
    values.put("credentials.secret_access_key", "wJalrXUtnFEMI");
    for (int i = 0; i < pairs.length; i += 2) {
      values.put(pairs[i], pairs[i + 1]);
    }
    values.putIfAbsent("regions", "eu-central-1");
    return new AwsConnector()
        .open(SourceConfig.of("aws", values), new ConnectorContext(clock, () -> 0.5));
  }

  private Table runs(String... pairs) {
    return source(pairs).findTable(new TableName("glue", "get_job_runs"), context).orElseThrow();
  }

  private static Expression is(String column, Object... values) {
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new ColumnRef(column, DataType.VARCHAR));
    for (Object value : values) {
      arguments.add(new Constant(value, DataType.VARCHAR));
    }
    return new Expression.Call(values.length == 1 ? Function.EQ : Function.IN, arguments);
  }

  private static Expression since(Function function, Instant bound) {
    return call(
        function,
        new ColumnRef("StartedOn", DataType.TIMESTAMP_TZ),
        new Constant(bound, DataType.TIMESTAMP_TZ));
  }

  private static ScanRequest scan(List<String> columns, Expression... filters) {
    return ScanRequest.of(columns).withFilters(List.of(filters));
  }

  private List<List<Object>> read(Table table, ScanRequest wanted) {
    List<List<Object>> rows = new ArrayList<>();
    for (Split split : table.splits(table.pushDown(wanted).accepted(), 1, context)) {
      try (PageChain chain =
          new PageChain(
              table, split, context, Checkpoint.START, Demand.ALL, Runnable::run, "aws.t")) {
        for (var page = chain.next(); page != null; page = chain.next()) {
          page.forEach(row -> rows.add(Arrays.asList(row)));
        }
      }
    }
    return rows;
  }

  private static Reply runsOf(String... ids) {
    StringBuilder json = new StringBuilder("{\"JobRuns\":[");
    for (String id : ids) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      json.append("{\"Id\":\"").append(id).append("\"}");
    }
    return Reply.json(json.append("]}").toString());
  }

  @Test
  void a_required_member_is_sent_and_fills_the_rows_that_lack_it() {
    api.script(runsOf("r1"));
    assertThat(read(runs(), scan(List.of("JobName", "Id", "region"), is("JobName", "etl"))))
        .containsExactly(List.of("etl", "r1", "eu-central-1"));
    assertThat(api.lastRequest().text()).isEqualTo("{\"JobName\":\"etl\",\"MaxResults\":200}");
  }

  @Test
  void each_value_of_an_in_has_a_chain_of_its_own() {
    api.script(runsOf("a"), runsOf("b"));
    assertThat(read(runs(), scan(List.of("JobName", "Id"), is("JobName", "x", "y"))))
        .containsExactly(List.of("x", "a"), List.of("y", "b"));
  }

  @Test
  void h38_the_same_value_twice_is_asked_for_once() {
    api.script(runsOf("a"));
    assertThat(read(runs(), scan(List.of("Id"), is("JobName", "x", "x")))).hasSize(1);
    assertThat(api.requests()).hasSize(1);
  }

  @Test
  void regions_of_the_statement_or_else_of_the_configuration_are_asked_one_by_one() {
    api.on(request -> runsOf(regionOf(request)));
    Table two = runs("regions", "eu-west-1,us-east-1");
    Expression job = is("JobName", "x");
    assertThat(read(two, scan(List.of("Id", "region"), job)))
        .containsExactly(List.of("eu-west-1", "eu-west-1"), List.of("us-east-1", "us-east-1"));
    assertThat(read(two, scan(List.of("Id"), job, is("region", "us-east-1"))))
        .containsExactly(List.of("us-east-1"));
    assertThat(read(two, scan(List.of("Id"), job, is("region", "ap-northeast-1", "eu-west-1"))))
        .containsExactly(List.of("ap-northeast-1"), List.of("eu-west-1"));
    assertThat(read(two, scan(List.of("Id"), job, is("region", "a-1", "b-1"), is("region", "c-1"))))
        .isEmpty();
  }

  private static String regionOf(ReceivedRequest request) {
    return request.header("Authorization").orElseThrow().split("/")[2];
  }

  @Test
  void the_choice_of_a_region_is_exact_and_what_only_speaks_of_it_is_left_to_the_engine() {
    Expression chosen = is("region", "us-east-1");
    Expression other =
        call(
            Function.NE,
            new ColumnRef("region", DataType.VARCHAR),
            new Constant("x", DataType.VARCHAR));
    ScanRequest wanted =
        scan(List.of("Id"), other, is("JobName", "x"), chosen).withLimit(OptionalLong.of(5));
    Pushdown answer = runs().pushDown(wanted);
    assertThat(answer.filters()).containsExactly(Fidelity.NONE, Fidelity.NARROWING, Fidelity.EXACT);
    assertThat(answer.accepted().limit()).isEmpty();
  }

  @Test
  void region_is_hidden_where_there_is_one_and_account_is_absent() {
    assertThat(runs().schema().findColumn("region").orElseThrow().has(Column.Trait.HIDDEN))
        .isTrue();
    assertThat(runs().schema().findColumn("account")).isEmpty();
    assertThat(
            runs("regions", "a-1,b-1")
                .schema()
                .findColumn("region")
                .orElseThrow()
                .has(Column.Trait.HIDDEN))
        .isFalse();
  }

  @Test
  void each_account_is_asked_with_its_role() {
    api.on(
        request ->
            request.text().contains("Action=AssumeRole") ? assumed(request) : runsOf(key(request)));
    Table table = runs("accounts", ROLE_1 + "," + ROLE_2);
    assertThat(read(table, scan(List.of("account", "Id"), is("JobName", "x"))))
        .containsExactly(
            List.of("111111111111", "ASIA111111111111"),
            List.of("222222222222", "ASIA222222222222"));
    assertThat(read(table, scan(List.of("Id"), is("JobName", "x"), is("account", "222222222222"))))
        .hasSize(1);
    assertThat(api.requests()).hasSize(5);
  }

  private static String key(ReceivedRequest request) {
    return request.header("Authorization").orElseThrow().split("Credential=")[1].split("/")[0];
  }

  private static Reply assumed(ReceivedRequest request) {
    String account = request.text().contains("111111111111") ? "111111111111" : "222222222222";
    return Reply.status(200)
        .withHeader("Content-Type", "text/xml")
        .withBody(
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
                + "<AssumeRoleResult><Credentials><AccessKeyId>ASIA"
                + account
                + "</AccessKeyId><SecretAccessKey>s</SecretAccessKey>"
                + "<SessionToken>t</SessionToken>"
                + "<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>"
                + "</AssumeRoleResult></AssumeRoleResponse>");
  }

  @Test
  void a_role_that_cannot_be_assumed_says_so() {
    api.on(
        request ->
            Reply.status(403)
                .withBody(
                    "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error>"
                        + "</ErrorResponse>"));
    Table table = runs("role", ROLE_1);
    SourceException fault =
        catchThrowableOfType(
            SourceException.class, () -> read(table, scan(List.of("Id"), is("JobName", "x"))));
    assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(fault).hasMessageContaining(ROLE_1);
  }

  @Test
  void a_parameter_that_is_read_without_a_value_is_warned_of() {
    Table tasks = source().findTable(new TableName("ecs", "list_tasks"), context).orElseThrow();
    api.script(Reply.json("{\"taskArns\":[\"t\"]}"), Reply.json("{\"taskArns\":[\"t\"]}"));
    assertThat(read(tasks, scan(List.of("taskArn", "cluster"), is("cluster", "c"))))
        .containsExactly(List.of("t", "c"));
    assertThat(context.warnings()).isEmpty();
    assertThat(read(tasks, scan(List.of("taskArn", "cluster"))).get(0)).containsExactly("t", null);
    assertThat(context.warnings())
        .singleElement()
        .asString()
        .contains("aws.ecs.list_tasks: cluster is a parameter of the request");
  }

  @Test
  void b6_a_page_size_above_the_maximum_is_lowered_with_a_warning() {
    api.script(runsOf("a"));
    read(runs(), scan(List.of("Id"), is("JobName", "x")).withPageSize(OptionalInt.of(5_000)));
    assertThat(api.lastRequest().text()).contains("\"MaxResults\":200");
    assertThat(context.warnings()).singleElement().asString().contains("at most 200");
  }

  @Test
  void newest_first_ends_the_reading_of_an_old_bound_and_says_so_in_the_plan() {
    Instant bound = Instant.parse("2026-01-01T00:00:00Z");
    long at = bound.getEpochSecond();
    api.script(
        Reply.json(
            "{\"NextToken\":\"t\",\"JobRuns\":[{\"Id\":\"new\",\"StartedOn\":"
                + (at + 1)
                + "},{\"Id\":\"old\",\"StartedOn\":"
                + (at - 1)
                + "}]}"));
    ScanRequest wanted = scan(List.of("Id"), is("JobName", "x"), since(Function.GE, bound));
    Pushdown answer = runs().pushDown(wanted);
    assertThat(answer.filters()).containsExactly(Fidelity.NARROWING, Fidelity.NARROWING);
    assertThat(answer.notes()).anyMatch(note -> note.contains("newest first by StartedOn"));
    assertThat(read(runs(), wanted)).containsExactly(List.of("new"), List.of("old"));
    assertThat(api.requests()).hasSize(1);
    assertThat(runs().pushDown(scan(List.of("Id"), since(Function.LT, bound))).filters())
        .containsExactly(Fidelity.NONE);
  }

  @Test
  void a_member_of_a_member_is_a_column_in_xml_too() {
    api.script(
        Reply.status(200)
            .withBody(
                "<ListBucketResult><Name>b</Name><Prefix/><KeyCount>1</KeyCount>"
                    + "<IsTruncated>false</IsTruncated><Contents><Key>k</Key><Size>5</Size>"
                    + "<ChecksumAlgorithm>CRC32</ChecksumAlgorithm>"
                    + "<ChecksumAlgorithm>SHA1</ChecksumAlgorithm>"
                    + "<Owner><ID>o</ID></Owner></Contents></ListBucketResult>"));
    Table objects =
        source().findTable(new TableName("s3", "list_objects_v2"), context).orElseThrow();
    assertThat(
            read(
                objects,
                scan(
                    List.of("Bucket", "Key", "Size", "Owner.ID", "ChecksumAlgorithm"),
                    is("Bucket", "b"))))
        .containsExactly(List.of("b", "k", 5L, "o", "[\"CRC32\",\"SHA1\"]"));
    assertThat(api.lastRequest().target()).isEqualTo("/b?list-type=2");
  }

  @Test
  void a_hosted_zone_is_known_by_its_id_with_its_path_before_it() {
    api.script(
        Reply.status(200)
            .withBody(
                "<ListResourceRecordSetsResponse><ResourceRecordSets/>"
                    + "<IsTruncated>false</IsTruncated><MaxItems>300</MaxItems>"
                    + "</ListResourceRecordSetsResponse>"));
    Table records =
        source()
            .findTable(new TableName("route53", "list_resource_record_sets"), context)
            .orElseThrow();
    read(records, scan(List.of("Name"), is("HostedZoneId", "/hostedzone/Z1")));
    assertThat(api.lastRequest().target()).startsWith("/2013-04-01/hostedzone/Z1/rrset");
    assertThat(api.lastRequest().header("Authorization").orElseThrow())
        .contains("/us-east-1/route53/aws4_request");
  }

  @Test
  void a_request_to_s3_says_the_hash_of_its_body() {
    api.script(Reply.status(200).withBody("<ListBucketResult><Name>b</Name></ListBucketResult>"));
    Table objects =
        source().findTable(new TableName("s3", "list_objects_v2"), context).orElseThrow();
    read(objects, scan(List.of("Key"), is("Bucket", "b")));
    assertThat(api.lastRequest().header("x-amz-content-sha256").orElseThrow()).hasSize(64);
  }

  @Test
  void names_are_found_in_any_case_and_services_without_quotes() {
    Source source = source("services", "glue,cognito_idp");
    assertThat(source.namespaces()).containsExactly("glue", "cognito_idp");
    Table users =
        source.findTable(new TableName("Cognito_IDP", "List_Users"), context).orElseThrow();
    assertThat(users.schema().name()).isEqualTo(new TableName("cognito_idp", "list_users"));
    assertThat(source.findTable(new TableName("glue", "get_nothing"), context)).isEmpty();
    assertThat(source.findTable(new TableName("gule", "get_jobs"), context)).isEmpty();
    assertThat(source.tables("glue", context)).contains(new TableName("glue", "get_job_runs"));
    SourceException fault =
        catchThrowableOfType(SourceException.class, () -> source("services", "gule").namespaces());
    assertThat(fault.hint().orElseThrow()).contains("glue");
  }

  @Test
  void a_split_goes_to_other_machines_without_credentials() {
    Split split =
        runs("accounts", ROLE_1).splits(scan(List.of("Id"), is("JobName", "x")), 1, context).get(0);
    assertThat(split.hints()).isEqualTo(Map.of("region", "eu-central-1", "role", ROLE_1));
    assertThat(ByteForm.splitFrom(ByteForm.of(split))).isEqualTo(split);
  }
}
