package dev.quire.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.aws.access.Access;
import dev.quire.aws.access.Endpoint;
import dev.quire.aws.access.Regions;
import dev.quire.aws.catalogue.Catalogue;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.ServiceModel;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where requests go, for services of the product's own catalogue. Nothing is sent. */
class EndpointTest {

  private static Endpoint endpoint(
      String service, String operation, String region, Map<String, ?> values, String... settings) {
    Map<String, String> keys = new TreeMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      keys.put(settings[i], settings[i + 1]);
    }
    ServiceModel model = Catalogue.bundled().findService(service).orElseThrow();
    OperationModel asked = model.findOperation(operation).orElseThrow();
    return Endpoint.of(Access.of(SourceConfig.of("aws", keys)), model, asked, region, values);
  }

  @ParameterizedTest
  @CsvSource({
    "glue, get_jobs, eu-central-1, https://glue.eu-central-1.amazonaws.com, eu-central-1",
    "glue, get_jobs, cn-north-1, https://glue.cn-north-1.amazonaws.com.cn, cn-north-1",
    "glue, get_jobs, us-gov-west-1, https://glue.us-gov-west-1.amazonaws.com, us-gov-west-1",
    "glue, get_jobs, eusc-de-east-1, https://glue.eusc-de-east-1.amazonaws.eu, eusc-de-east-1",
    "iam, list_users, eu-central-1, https://iam.amazonaws.com, us-east-1",
    "route53, list_hosted_zones, eu-central-1, https://route53.amazonaws.com, us-east-1",
    "cloudfront, list_distributions, eu-west-1, https://cloudfront.amazonaws.com, us-east-1",
  })
  void services_are_asked_where_they_are_and_signed_for_there(
      String service, String operation, String region, String base, String signedFor) {
    Endpoint endpoint = endpoint(service, operation, region, Map.of());
    assertThat(endpoint.base()).isEqualTo(base);
    assertThat(endpoint.signingRegion()).isEqualTo(signedFor);
  }

  @Test
  void fips_and_dual_stack_have_hosts_of_their_own() {
    assertThat(endpoint("glue", "get_jobs", "us-east-1", Map.of(), "fips", "true").base())
        .isEqualTo("https://glue-fips.us-east-1.amazonaws.com");
    assertThat(endpoint("ec2", "describe_vpcs", "us-east-1", Map.of(), "dual_stack", "true").base())
        .isEqualTo("https://ec2.us-east-1.api.aws");
  }

  @Test
  void a_bucket_is_a_part_of_the_host_if_it_can_be() {
    Endpoint plain = endpoint("s3", "list_objects_v2", "eu-west-1", Map.of("Bucket", "books"));
    assertThat(plain.base()).isEqualTo("https://books.s3.eu-west-1.amazonaws.com");
    assertThat(plain.bucketInHost()).isTrue();
    Endpoint dotted = endpoint("s3", "list_objects_v2", "eu-west-1", Map.of("Bucket", "my.books"));
    assertThat(dotted.base()).isEqualTo("https://s3.eu-west-1.amazonaws.com");
    assertThat(dotted.bucketInHost()).isFalse();
    SourceException fault =
        catchThrowableOfType(
            SourceException.class,
            () ->
                endpoint("s3", "list_objects_v2", "eu-west-1", Map.of("Bucket", "arn:aws:s3:::x")));
    assertThat(fault.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
  }

  @Test
  void an_endpoint_of_the_configuration_is_asked_for_everything_and_keeps_its_path() {
    Endpoint endpoint =
        endpoint(
            "s3",
            "list_objects_v2",
            "eu-west-1",
            Map.of("Bucket", "books"),
            "endpoint",
            "http://127.0.0.1:5524/aws/");
    assertThat(endpoint.base()).isEqualTo("http://127.0.0.1:5524/aws");
    assertThat(endpoint.bucketInHost()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "regions, 'a-1,B 2'",
    "credentials.access_key_id, x",
    "credentials, secret",
    "fips, yes",
    "endpoint, ftp://x",
    "endpoint, http://u:p@x",
  })
  void what_cannot_be_is_refused_at_once(String key, String value) {
    SourceException fault =
        catchThrowableOfType(
            SourceException.class, () -> Access.of(SourceConfig.of("aws", Map.of(key, value))));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
  }

  @Test
  void a_profile_that_there_is_not_is_named() {
    Access access = Access.of(SourceConfig.of("aws", Map.of("profile", "no-such-profile-9")));
    SourceException fault = catchThrowableOfType(SourceException.class, () -> Regions.of(access));
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    assertThat(fault).hasMessageContaining("no profile 'no-such-profile-9'");
  }

  @Test
  void keys_that_contradict_each_other_are_refused() {
    for (Map<String, String> keys :
        List.of(
            Map.of("region", "a-1", "regions", "b-1"),
            Map.of("role", "arn:a", "accounts", "arn:b"),
            Map.of(
                "profile",
                "p",
                "credentials.access_key_id",
                "k",
                "credentials.secret_access_key",
                "s"))) {
      assertThat(
              catchThrowableOfType(
                  SourceException.class, () -> Access.of(SourceConfig.of("aws", keys))))
          .isNotNull();
    }
  }
}
