package dev.quire.aws.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.table.TableColumn.Given;
import dev.quire.aws.table.TableColumn.RowMember;
import dev.quire.spi.Column;
import dev.quire.spi.Column.Trait;
import dev.quire.spi.DataType;
import dev.quire.spi.Expression;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import dev.quire.spi.Expression.Placeholder;
import dev.quire.spi.Fidelity;
import dev.quire.spi.Pushdown;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OperationTableTest {
  private static final OperationTable RUNS = table("glue", "get_job_runs");
  private static final OperationTable OBJECTS = table("s3", "list_objects_v2");
  private static final OperationTable VOLUMES = table("ec2", "describe_volumes");

  private static OperationTable table(String service, String name) {
    return OperationTable.find(Catalogue.bundled().findService(service).orElseThrow(), name)
        .orElseThrow();
  }

  private static Column column(OperationTable table, String name) {
    return table.schema().findColumn(name).orElseThrow();
  }

  private static Expression filter(
      OperationTable table, Function function, String name, Object... values) {
    DataType type = column(table, name).type();
    List<Expression> arguments = new ArrayList<>();
    arguments.add(new Expression.ColumnRef(name, type));
    for (Object value : values) {
      arguments.add(value instanceof Expression known ? known : new Constant(value, type));
    }
    return new Expression.Call(function, arguments);
  }

  private static ScanRequest scan(Expression... filters) {
    return ScanRequest.of(List.of()).withFilters(List.of(filters));
  }

  @Test
  void an_operation_is_a_table_of_its_service_in_boto3_s_name() {
    assertThat(RUNS.schema().name()).hasToString("glue.get_job_runs");
    assertThat(RUNS.schema().remarks().orElseThrow()).startsWith("Retrieves metadata for all runs");
    assertThat(OperationTable.find(Catalogue.bundled().findService("glue").orElseThrow(), "get"))
        .isEmpty();
  }

  @Test
  void members_of_a_row_are_columns_with_their_types_and_remarks() {
    assertThat(column(RUNS, "StartedOn").type()).isEqualTo(DataType.TIMESTAMP_TZ);
    assertThat(column(RUNS, "Attempt").type()).isEqualTo(DataType.INTEGER);
    assertThat(column(RUNS, "DPUSeconds").type()).isEqualTo(DataType.DOUBLE);
    assertThat(column(RUNS, "JobRunQueuingEnabled").type()).isEqualTo(DataType.BOOLEAN);
    assertThat(column(RUNS, "StartedOn").remarks())
        .contains("The date and time at which this job run was started.");
    assertThat(column(OBJECTS, "Size").type()).isEqualTo(DataType.BIGINT);
  }

  @Test
  void a_structure_in_a_row_is_taken_apart_once_and_lists_and_maps_are_json() {
    assertThat(RUNS.columns().get("NotificationProperty.NotifyDelayAfter").origin())
        .isEqualTo(new RowMember(List.of("NotificationProperty", "NotifyDelayAfter")));
    assertThat(column(RUNS, "Arguments").type()).isEqualTo(DataType.JSON);
    assertThat(column(RUNS, "PredecessorRuns").type()).isEqualTo(DataType.JSON);
  }

  @Test
  void a_required_member_of_the_request_is_a_required_filter() {
    assertThat(column(RUNS, "JobName").has(Trait.REQUIRED_FILTER)).isTrue();
    assertThat(RUNS.columns().get("JobName").parameter()).contains("JobName");
    TableColumn bucket = OBJECTS.columns().get("Bucket");
    assertThat(bucket.origin()).isEqualTo(new Given());
    assertThat(bucket.column().has(Trait.REQUIRED_FILTER)).isTrue();
    assertThat(OBJECTS.schema().columns().get(0).name()).isEqualTo("Bucket");
  }

  @Test
  void other_members_of_the_request_are_hidden_parameters_and_paging_ones_are_none() {
    assertThat(column(OBJECTS, "Delimiter").traits())
        .containsExactlyInAnyOrder(Trait.HIDDEN, Trait.PARAMETER);
    assertThat(column(OBJECTS, "Prefix").has(Trait.HIDDEN)).isTrue();
    assertThat(OBJECTS.columns().get("Prefix").origin()).isEqualTo(new Given());
    assertThat(column(VOLUMES, "Filters").type()).isEqualTo(DataType.VARCHAR);
    assertThat(OBJECTS.columns()).doesNotContainKeys("MaxKeys", "ContinuationToken");
    assertThat(RUNS.columns()).doesNotContainKeys("MaxResults", "NextToken");
  }

  @Test
  void a_member_that_means_something_else_in_rows_is_a_column_of_its_own() {
    OperationTable prefixes = table("s3", "list_objects_v2_common_prefixes");
    assertThat(prefixes.columns().get("Prefix").parameter()).isEmpty();
    assertThat(prefixes.columns().get("request_Prefix").parameter()).contains("Prefix");
    OperationTable actions = table("autoscaling", "describe_scheduled_actions");
    assertThat(actions.columns().get("StartTime").parameter()).isEmpty();
    assertThat(actions.columns().get("request_StartTime").parameter()).contains("StartTime");
  }

  @Test
  void a_list_of_scalars_is_one_column_and_a_map_is_two() {
    assertThat(table("ecs", "list_tasks").columns().get("taskArn").origin())
        .isEqualTo(new TableColumn.WholeRow());
    assertThat(table("dynamodb", "list_tables").columns()).containsKey("TableName");
    assertThat(table("dynamodb", "scan").columns().get("Item").column().type())
        .isEqualTo(DataType.JSON);
    OperationTable tags = table("backup", "list_tags");
    assertThat(tags.columns().get("key").origin()).isEqualTo(new TableColumn.MapKey());
    assertThat(tags.columns().get("value").origin()).isEqualTo(new TableColumn.WholeRow());
  }

  @Test
  void a_text_is_a_row_of_each_page() {
    OperationTable log = table("rds", "download_db_log_file_portion");
    assertThat(log.columns().get("LogFileData").origin()).isEqualTo(new TableColumn.WholeRow());
    assertThat(
            log.request(
                scan(
                    filter(log, Function.EQ, "DBInstanceIdentifier", "db"),
                    filter(log, Function.EQ, "LogFileName", "log"))))
        .isEqualTo(Map.of("DBInstanceIdentifier", "db", "LogFileName", "log", "Marker", "0"));
  }

  @Test
  void several_lists_are_several_tables() {
    assertThat(OperationTable.names(RUNS.service())).contains("list_sessions", "list_sessions_ids");
    assertThat(table("s3", "list_object_versions_delete_markers").result())
        .hasToString("DeleteMarkers");
    assertThat(OperationTable.names(table("dynamodb", "scan").service()))
        .contains("scan")
        .doesNotContain("scan_count");
  }

  @Test
  void an_equality_with_a_shared_member_narrows_and_with_a_request_s_own_is_exact() {
    Pushdown runs = RUNS.pushDown(scan(filter(RUNS, Function.EQ, "JobName", "etl")));
    assertThat(runs.filters()).containsExactly(Fidelity.NARROWING);
    assertThat(RUNS.request(runs.accepted()))
        .isEqualTo(Map.of("JobName", "etl", "MaxResults", 200));
    Pushdown objects = OBJECTS.pushDown(scan(filter(OBJECTS, Function.EQ, "Bucket", "b")));
    assertThat(objects.filters()).containsExactly(Fidelity.EXACT);
  }

  @Test
  void what_is_no_equality_with_a_member_stays_with_the_engine() {
    Pushdown answer =
        RUNS.pushDown(
            scan(
                filter(RUNS, Function.EQ, "JobName", "etl"),
                filter(RUNS, Function.GT, "Attempt", 1),
                filter(RUNS, Function.EQ, "JobRunState", "FAILED"),
                filter(RUNS, Function.STARTS_WITH, "JobName", "e"),
                filter(RUNS, Function.EQ, "JobName", "other")));
    assertThat(answer.filters())
        .containsExactly(
            Fidelity.NARROWING, Fidelity.NONE, Fidelity.NONE, Fidelity.NONE, Fidelity.NONE);
    assertThat(RUNS.request(answer.accepted())).containsEntry("JobName", "etl");
  }

  @Test
  void each_value_in_a_list_is_a_chain_of_its_own_and_repeated_ones_are_one() {
    Pushdown answer = RUNS.pushDown(scan(filter(RUNS, Function.IN, "JobName", "a", "b", "a")));
    assertThat(answer.filters()).containsExactly(Fidelity.NARROWING);
    assertThat(RUNS.chains(answer.accepted()))
        .extracting(chain -> RUNS.request(chain).get("JobName"))
        .containsExactly("a", "b");
  }

  @Test
  void lists_for_two_columns_are_all_combinations() {
    OperationTable log = table("rds", "download_db_log_file_portion");
    ScanRequest both =
        scan(
            filter(log, Function.IN, "DBInstanceIdentifier", "a", "b"),
            filter(log, Function.IN, "LogFileName", "x", "y"));
    assertThat(log.chains(log.pushDown(both).accepted())).hasSize(4);
  }

  @Test
  void too_many_values_are_refused() {
    Object[] values = IntStream.range(0, 10_001).mapToObj(i -> "job" + i).toArray();
    assertThatThrownBy(() -> RUNS.pushDown(scan(filter(RUNS, Function.IN, "JobName", values))))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("more than 10000 chains of pages");
  }

  @Test
  void keys_of_a_join_are_looked_up_one_by_one() {
    Placeholder key = new Placeholder(DataType.VARCHAR);
    assertThat(
            RUNS.pushDown(
                    scan(
                        filter(
                            RUNS, Function.IN, "JobName", key, new Placeholder(DataType.INTEGER))))
                .filters())
        .containsExactly(Fidelity.NONE);
    assertThat(RUNS.pushDown(scan(filter(RUNS, Function.EQ, "JobName", key))).filters())
        .containsExactly(Fidelity.NARROWING);
  }

  @Test
  void a_page_is_as_large_as_the_service_allows_or_as_the_limit_needs() {
    Expression bucket = filter(OBJECTS, Function.EQ, "Bucket", "b");
    assertThat(sent(OBJECTS, scan(bucket), "MaxKeys")).isNull();
    assertThat(sent(OBJECTS, scan(bucket).withLimit(OptionalLong.of(7)), "MaxKeys")).isEqualTo(20);
    assertThat(sent(OBJECTS, scan(bucket).withLimit(OptionalLong.of(101)), "MaxKeys")).isNull();
    assertThat(sent(OBJECTS, scan(bucket).withPageSize(OptionalInt.of(3)), "MaxKeys")).isEqualTo(3);
    Expression job = filter(RUNS, Function.EQ, "JobName", "etl");
    assertThat(sent(RUNS, scan(job), "MaxResults")).isEqualTo(200);
    assertThat(sent(RUNS, scan(job).withPageSize(OptionalInt.of(5_000)), "MaxResults"))
        .isEqualTo(200);
    assertThat(sent(RUNS, scan(job).withPageSize(OptionalInt.of(50)), "MaxResults")).isEqualTo(50);
  }

  @Test
  void a_limit_below_a_stated_bound_is_the_page_size() {
    OperationTable crawlers = table("glue", "list_crawlers");
    ScanRequest few = scan().withLimit(OptionalLong.of(7));
    assertThat(sent(crawlers, few, "MaxResults")).isEqualTo(7);
    assertThat(sent(crawlers, scan(), "MaxResults")).isEqualTo(1_000);
  }

  @Test
  void a_few_rows_of_one_thing_are_asked_for_in_a_small_page_although_they_are_checked_again() {
    Expression job = filter(RUNS, Function.EQ, "JobName", "etl");
    ScanRequest few = scan(job).withLimit(OptionalLong.of(7));
    assertThat(RUNS.pushDown(few).filters()).containsExactly(Fidelity.NARROWING);
    assertThat(RUNS.pushDown(few).pageSize()).hasValue(20);
    assertThat(sent(RUNS, few, "MaxResults")).isEqualTo(20);
    assertThat(sent(RUNS, few.withOffset(40), "MaxResults")).isEqualTo(47);
    assertThat(sent(RUNS, few.withOffset(94), "MaxResults")).isEqualTo(200);
    assertThat(sent(RUNS, few.withPageSize(OptionalInt.of(9)), "MaxResults")).isEqualTo(9);
    Expression state = filter(RUNS, Function.EQ, "JobRunState", "FAILED");
    ScanRequest failed = scan(job, state).withLimit(OptionalLong.of(7));
    assertThat(sent(RUNS, failed, "MaxResults")).isEqualTo(200);
  }

  @Test
  void a_limit_behind_an_offset_is_no_page_size() {
    OperationTable crawlers = table("glue", "list_crawlers");
    ScanRequest range = scan().withLimit(OptionalLong.of(7)).withOffset(300);
    assertThat(crawlers.pushDown(range).accepted().limit()).isEmpty();
    assertThat(sent(crawlers, range, "MaxResults")).isEqualTo(1_000);
  }

  @Test
  void ec2_takes_no_page_size_beside_ids() {
    assertThat(sent(VOLUMES, scan(), "MaxResults")).isNull();
    ScanRequest limited = scan().withLimit(OptionalLong.of(9));
    assertThat(sent(VOLUMES, limited, "MaxResults")).isEqualTo(20);
    ScanRequest ids = scan(filter(VOLUMES, Function.EQ, "VolumeIds", "[\"vol-1\"]"));
    assertThat(sent(VOLUMES, ids.withLimit(OptionalLong.of(9)), "MaxResults")).isNull();
  }

  private static Object sent(OperationTable table, ScanRequest wanted, String member) {
    return table.request(table.pushDown(wanted).accepted()).get(member);
  }

  @Test
  void one_element_of_a_list_may_be_given_without_brackets() {
    assertThat(sent(VOLUMES, scan(filter(VOLUMES, Function.EQ, "VolumeIds", "vol-1")), "VolumeIds"))
        .isEqualTo(List.of("vol-1"));
    assertThat(
            sent(VOLUMES, scan(filter(VOLUMES, Function.EQ, "VolumeIds", "[\"a\"]")), "VolumeIds"))
        .isEqualTo("[\"a\"]");
  }

  @Test
  void a_row_that_lacks_a_required_member_has_what_was_given() {
    ScanRequest chain = scan(filter(RUNS, Function.EQ, "JobName", "etl"));
    assertThat(RUNS.given(RUNS.columns().get("JobName"), chain)).contains("etl");
    assertThat(RUNS.given(RUNS.columns().get("Id"), chain)).isEmpty();
  }

  @Test
  void an_explained_scan_says_that_its_paging_is_inferred() {
    assertThat(table("glue", "list_crawlers").pushDown(scan()).notes())
        .containsExactly("how it pages is inferred from its members");
    assertThat(RUNS.pushDown(scan()).notes()).isEmpty();
  }

  @Test
  void a_required_member_refers_to_the_table_that_has_its_values() {
    assertThat(reference(RUNS, "JobName")).isEqualTo("glue.get_jobs.Name");
    assertThat(reference(OBJECTS, "Bucket")).isEqualTo("s3.list_buckets.Name");
    assertThat(reference(table("dynamodb", "scan"), "TableName"))
        .isEqualTo("dynamodb.list_tables.TableName");
    assertThat(reference(table("iam", "list_role_policies"), "RoleName"))
        .isEqualTo("iam.list_roles.RoleName");
    assertThat(reference(OBJECTS, "Prefix")).isEqualTo("none");
  }

  private static String reference(OperationTable table, String column) {
    return table.schema().references().stream()
        .filter(each -> each.columns().equals(List.of(column)))
        .map(each -> each.target() + "." + each.targetColumns().get(0))
        .findFirst()
        .orElse("none");
  }
}
