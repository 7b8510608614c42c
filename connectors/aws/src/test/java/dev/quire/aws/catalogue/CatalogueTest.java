package dev.quire.aws.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Paginator.Origin;
import dev.quire.aws.model.Path;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
  private static final Catalogue CATALOGUE = Catalogue.bundled();

  private static OperationModel operation(String service, String name) {
    return CATALOGUE.findService(service).orElseThrow().findOperation(name).orElseThrow();
  }

  @Test
  void holds_all_operations_that_page() {
    Map<Protocol, Integer> operations = new TreeMap<>();
    for (ServiceModel service : CATALOGUE.all()) {
      operations.merge(service.protocol(), service.operations().size(), Integer::sum);
    }
    assertThat(CATALOGUE.origin()).isEqualTo("botocore 1.40.72");
    assertThat(CATALOGUE.services()).hasSize(367);
    assertThat(operations)
        .isEqualTo(
            Map.of(
                Protocol.JSON, 1406,
                Protocol.REST_JSON, 1791,
                Protocol.REST_XML, 46,
                Protocol.QUERY, 251,
                Protocol.EC2, 184));
  }

  @Test
  void the_index_tells_the_number_of_operations() {
    for (String service : CATALOGUE.services()) {
      assertThat(CATALOGUE.operations(service))
          .isEqualTo(CATALOGUE.findService(service).orElseThrow().operations().size());
    }
  }

  @Test
  void most_paginators_are_aws_s_own_and_others_are_marked() {
    Map<Origin, Integer> origins = new TreeMap<>();
    for (ServiceModel service : CATALOGUE.all()) {
      for (OperationModel each : service.operations().values()) {
        origins.merge(each.paginator().origin(), 1, Integer::sum);
      }
    }
    assertThat(origins)
        .isEqualTo(Map.of(Origin.DECLARED, 2862, Origin.INFERRED, 805, Origin.CORRECTED, 11));
  }

  @Test
  void glue_pages_by_next_token_and_its_limit_is_known() {
    ServiceModel glue = CATALOGUE.findService("glue").orElseThrow();
    assertThat(glue.protocol()).isEqualTo(Protocol.JSON);
    assertThat(glue.jsonVersion()).isEqualTo("1.1");
    assertThat(glue.targetPrefix()).contains("AWSGlue");
    OperationModel runs = glue.findOperation("get_job_runs").orElseThrow();
    assertThat(runs.input().findMember("JobName").orElseThrow().required()).isTrue();
    Paginator paginator = runs.paginator();
    assertThat(paginator.tokens())
        .containsExactly(new Paginator.Token("NextToken", Path.parse("NextToken")));
    assertThat(paginator.results()).containsExactly(Path.parse("JobRuns"));
    assertThat(paginator.limit().orElseThrow())
        .isEqualTo(new Paginator.Limit("MaxResults", OptionalLong.of(1), OptionalLong.of(200)));
    assertThat(runs.order()).contains(new OperationModel.RowOrder("StartedOn", true));
  }

  @Test
  void route_53_has_three_tokens_that_travel_together() {
    assertThat(operation("route53", "list_resource_record_sets").paginator().tokens())
        .extracting(Paginator.Token::input)
        .containsExactly("StartRecordName", "StartRecordType", "StartRecordIdentifier");
  }

  @Test
  void the_first_s3_list_falls_back_to_its_last_key() {
    Paginator paginator = operation("s3", "list_objects").paginator();
    assertThat(paginator.tokens().get(0).output()).hasToString("NextMarker || Contents[-1].Key");
    assertThat(paginator.moreResults()).contains(Path.parse("IsTruncated"));
  }

  @Test
  void the_end_of_a_log_is_the_same_token_again() {
    OperationModel events = operation("logs", "get_log_events");
    assertThat(events.paginator().repeatedTokenEnds()).isTrue();
    assertThat(events.paginator().origin()).isEqualTo(Origin.CORRECTED);
    assertThat(events.paginator().tokens())
        .containsExactly(new Paginator.Token("nextToken", Path.parse("nextForwardToken")));
    assertThat(events.defaults()).containsExactly(Map.entry("startFromHead", "true"));
  }

  @Test
  void a_log_file_is_read_from_its_beginning() {
    assertThat(operation("rds", "download_db_log_file_portion").defaults())
        .containsExactly(Map.entry("Marker", "0"));
  }

  @Test
  void only_what_is_asked_for_is_unpacked() throws IOException {
    Catalogue fresh = Catalogue.of(bytes(), "of the test");
    assertThat(fresh.services()).contains("ec2", "glue");
    assertThat(fresh.unpacked()).isEmpty();
    fresh.findService("glue");
    assertThat(fresh.unpacked()).containsExactly("glue");
    assertThat(fresh.findService("glue")).containsSame(fresh.findService("glue").orElseThrow());
  }

  @Test
  void a_service_of_one_place_has_its_host_and_region() {
    ServiceModel.ServiceEndpoint iam = CATALOGUE.findService("iam").orElseThrow().endpoint();
    assertThat(iam.hosts().get("aws"))
        .isEqualTo(new ServiceModel.Host("iam.amazonaws.com", Optional.of("us-east-1")));
    assertThat(CATALOGUE.findService("glue").orElseThrow().endpoint().hosts()).isEmpty();
  }

  @Test
  void is_below_two_megabytes() throws IOException {
    assertThat(bytes().length).isBetween(500_000, 2_000_000);
  }

  @Test
  void a_file_that_is_no_catalogue_is_refused(@TempDir java.nio.file.Path folder)
      throws IOException {
    java.nio.file.Path file = folder.resolve("other.bin");
    Files.writeString(file, "something else");
    assertThatThrownBy(() -> Catalogue.read(file))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("quire aws update-catalogue");
  }

  @Test
  void a_file_that_is_not_there_is_refused(@TempDir java.nio.file.Path folder) {
    assertThatThrownBy(() -> Catalogue.read(folder.resolve("absent.bin")))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("absent.bin cannot be read");
  }

  @Test
  void a_cut_or_changed_file_is_refused_wherever_it_was_damaged() throws IOException {
    byte[] whole = bytes();
    for (int length : new int[] {0, 7, 12, 19, 500, whole.length / 2, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Catalogue.of(cut, "X")).isInstanceOf(SourceException.class);
    }
    for (int at : new int[] {0, 8, 12, 16, 30, 900}) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x55;
      assertThatThrownBy(() -> Catalogue.of(changed, "X"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("X is damaged");
    }
    byte[] changed = whole.clone();
    changed[whole.length - 100] ^= 0x55;
    Catalogue late = Catalogue.of(changed, "X");
    assertThat(late.findService("glue")).isPresent();
    String last = late.services().get(late.services().size() - 1);
    assertThatThrownBy(() -> late.findService(last))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("X is damaged");
  }

  private static byte[] bytes() throws IOException {
    try (InputStream in = Catalogue.class.getResourceAsStream(Catalogue.RESOURCE)) {
      return in.readAllBytes();
    }
  }
}
