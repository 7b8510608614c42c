package dev.quire.thirdparty.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The handler in AWS's own runtime client, with Glue and S3 of moto. */
class LambdaTest {
  private static final String SQL =
      "SELECT Id, JobName FROM aws.glue.get_job_runs WHERE JobName = 'daily-report'";

  @TempDir static Path folder;
  private static Moto moto;
  private static S3Client s3;
  private static LambdaRuntime runtime;
  private static List<String> runs;

  @BeforeAll
  static void start() throws Exception {
    moto = Moto.start();
    moto.seed("glue");
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create(moto.url()))
            .region(Region.US_EAST_1)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("seed", "seed")))
            .build();
    s3.createBucket(request -> request.bucket("out"));
    Files.writeString(
        folder.resolve("quire.yaml"),
        "sources:\n  aws: {type: aws, page_size: 5, endpoint: \"" + moto.url() + "\"}\n");
    runtime =
        new LambdaRuntime(
            "dev.quire.lambda.ExportHandler",
            folder,
            Map.of(
                "AWS_REGION", "us-east-1",
                "AWS_ACCESS_KEY_ID", "seed",
                "AWS_SECRET_ACCESS_KEY", "seed",
                "AWS_ENDPOINT_URL_S3", moto.url()));
    runs =
        moto.read("glue", "get_job_runs", "{\"JobName\": \"daily-report\"}", "JobRuns")
            .lines()
            .flatMap(line -> Pattern.compile("jr_[0-9a-f]+").matcher(line).results())
            .map(MatchResult::group)
            .distinct()
            .toList();
  }

  @AfterAll
  static void stop() throws Exception {
    if (runtime != null) {
      runtime.close();
    }
    if (s3 != null) {
      s3.close();
    }
    if (moto != null) {
      moto.close();
    }
  }

  private static String event(String prefix, String more) {
    return "{\"sql\": \"%s\", \"to\": \"s3://out/%s/\", \"format\": \"csv\", \"compression\": \"none\"%s}"
        .formatted(SQL, prefix, more);
  }

  private static List<String> keys(String prefix) {
    return s3
        .listObjectsV2(request -> request.bucket("out").prefix(prefix + "/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** The ids in all parts; each part begins with the names of the columns. */
  private static List<String> ids(String prefix) {
    List<String> ids = new ArrayList<>();
    for (String key : keys(prefix)) {
      if (key.endsWith(".csv")) {
        s3.getObjectAsBytes(request -> request.bucket("out").key(key))
            .asUtf8String()
            .lines()
            .skip(1)
            .map(line -> line.split(",", 2)[0])
            .forEach(ids::add);
      }
    }
    return ids;
  }

  @Test
  void all_runs_of_a_job_come_into_the_bucket() throws Exception {
    LambdaRuntime.Answer answer = runtime.invoke(event("whole", ""));
    assertThat(answer.body())
        .contains("\"status\":\"complete\"")
        .contains("\"rows\":" + runs.size());
    assertThat(answer.failed()).isFalse();
    assertThat(keys("whole")).containsExactly("whole/_SUCCESS", "whole/part-00001.csv");
    assertThat(ids("whole")).hasSizeGreaterThan(5).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void what_an_invocation_that_failed_has_written_is_kept_and_the_next_goes_on_after_it()
      throws Exception {
    LambdaRuntime.Answer failed = runtime.invoke(event("halted", ", \"max_calls\": 1"));
    assertThat(failed.failed()).isTrue();
    assertThat(keys("halted")).contains("halted/_quire-checkpoint.json", "halted/part-00001.csv");
    assertThat(ids("halted")).hasSize(5);
    LambdaRuntime.Answer answer = runtime.invoke(event("halted", ""));
    assertThat(answer.body()).contains("\"status\":\"complete\"", "\"invocations\":2");
    assertThat(keys("halted"))
        .containsExactly("halted/_SUCCESS", "halted/part-00001.csv", "halted/part-00002.csv");
    assertThat(ids("halted")).containsExactlyInAnyOrderElementsOf(runs);
  }

  @Test
  void a_prefix_that_holds_something_is_not_written_to() throws Exception {
    s3.putObject(request -> request.bucket("out").key("taken/x"), RequestBody.fromString("mine"));
    LambdaRuntime.Answer answer = runtime.invoke(event("taken", ""));
    assertThat(answer.failed()).isTrue();
    assertThat(answer.body()).contains("s3://out/taken/ holds objects already");
    assertThat(keys("taken")).containsExactly("taken/x");
  }
}
