package dev.quire.jdbcit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs with nothing but the driver's jar sign in to AWS in the ways for which the SDK finds its
 * classes by name. Each is a process with a home of its own, where the SDK looks for what was
 * signed in to.
 */
class SignInTest {
  private static final String SESSION =
      """
      [profile person]
      sso_session = company
      sso_account_id = 123456789012
      sso_role_name = reader
      [sso-session company]
      sso_region = us-east-1
      sso_start_url = https://company.example/start
      """;

  /** The SHA-1 of the session's name, company. */
  private static final String TOKEN_FILE = "71b21161ffa1e6516bcc072aaf5ef38cbe85b511";

  @TempDir Path home;
  private FakeAws aws;

  @BeforeEach
  void start() throws IOException {
    DriverJar.path();
    aws = new FakeAws();
  }

  @AfterEach
  void stop() {
    if (aws != null) {
      aws.close();
    }
  }

  /** What a program prints that reads the jobs. */
  private String jobs(String keys, Map<String, String> environment) throws Exception {
    ProcessBuilder program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                DriverJar.path() + File.pathSeparator + ownClasses(),
                Reader.class.getName(),
                "jdbc:quire:aws:region=us-east-1;" + keys + "endpoint=" + aws.url(),
                "SELECT name FROM aws.glue.get_jobs")
            .redirectErrorStream(true);
    program.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    program.environment().put("HOME", home.toString());
    for (String service : new String[] {"SSO", "SSO_OIDC", "STS"}) {
      program.environment().put("AWS_ENDPOINT_URL_" + service, aws.url());
    }
    program.environment().putAll(environment);
    Process process = program.start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static Path ownClasses() throws Exception {
    return Path.of(Reader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private void signedIn(String until) throws IOException {
    Path cache = Files.createDirectories(home.resolve(".aws/sso/cache"));
    Files.writeString(home.resolve(".aws/config"), SESSION);
    Files.writeString(
        cache.resolve(TOKEN_FILE + ".json"),
        """
        {"startUrl": "https://company.example/start", "region": "us-east-1",
         "accessToken": "old-token", "expiresAt": "%s", "refreshToken": "refresh",
         "clientId": "client", "clientSecret": "client-secret",
         "registrationExpiresAt": "2099-01-01T00:00:00Z"}
        """
            .formatted(until));
  }

  @Test
  void an_sso_session_gets_keys_from_the_portal() throws Exception {
    signedIn("2099-01-01T00:00:00Z");

    assertThat(jobs("profile=person;", Map.of())).isEqualTo("nightly");
    assertThat(aws.requests())
        .satisfiesExactly(
            portal ->
                assertThat(portal).startsWith("/federation/credentials").contains(" old-token"),
            glue -> assertThat(glue).contains("Credential=ASIAPORTAL/", " portal-session "));
  }

  @Test
  void an_sso_session_that_is_over_is_refreshed_first() throws Exception {
    signedIn("2020-01-01T00:00:00Z");

    assertThat(jobs("profile=person;", Map.of())).isEqualTo("nightly");
    assertThat(aws.requests())
        .satisfiesExactly(
            oidc -> assertThat(oidc).startsWith("/token").contains("refresh_token"),
            portal -> assertThat(portal).contains(" fresh-token"),
            glue -> assertThat(glue).contains("Credential=ASIAPORTAL/"));
  }

  @Test
  void a_web_identity_is_exchanged_for_keys() throws Exception {
    Path token = Files.writeString(home.resolve("token"), "web-token");
    Map<String, String> environment =
        Map.of(
            "AWS_REGION", // else the SDK asks sts.amazonaws.com, whatever it was told
            "us-east-1",
            "AWS_ROLE_ARN",
            "arn:aws:iam::123456789012:role/runner",
            "AWS_WEB_IDENTITY_TOKEN_FILE",
            token.toString());

    assertThat(jobs("", environment)).isEqualTo("nightly");
    assertThat(aws.requests())
        .satisfiesExactly(
            sts -> assertThat(sts).contains("AssumeRoleWithWebIdentity", "web-token"),
            glue -> assertThat(glue).contains("Credential=ASIAWEB/", " web-session "));
  }
}
