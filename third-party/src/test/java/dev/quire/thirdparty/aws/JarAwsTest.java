package dev.quire.thirdparty.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.thirdparty.DriverJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's jar alone reads an AWS made by another team that checks who asks. */
class JarAwsTest {
  private static final String JOBS = "SELECT name FROM aws.glue.get_jobs";
  private static final String ROLE = "arn:aws:iam::123456789012:role/runner";

  private static Moto moto;
  private static DriverJar jar;
  private static String id;
  private static String secret;

  @BeforeAll
  static void start() throws Exception {
    jar = DriverJar.load();
    moto = Moto.startChecking();
    moto.seed("glue");
    String key = moto.seed("role");
    id = key.split("id=")[1].split("\\s")[0];
    secret = key.split("secret=")[1].split("\\s")[0];
    moto.checkSignatures();
  }

  @AfterAll
  static void stop() throws Exception {
    if (moto != null) {
      moto.close();
    }
    if (jar != null) {
      jar.close();
    }
  }

  @AfterEach
  void forget() {
    System.clearProperty("aws.configFile");
    System.clearProperty("aws.sharedCredentialsFile");
    System.clearProperty("aws.endpointUrlSts");
  }

  private static Map<String, String> withKeys(String... more) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("credentials.access_key_id", id);
    keys.put("credentials.secret_access_key", secret);
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
    return keys;
  }

  private static int rows(String sql, Map<String, String> keys) throws SQLException {
    String url = "jdbc:quire:aws:region=us-east-1;endpoint=" + moto.url();
    try (Connection connection = jar.connect(url, keys);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      int count = 0;
      while (rows.next()) {
        rows.getObject(1);
        count++;
      }
      return count;
    }
  }

  private static void profiles(Path folder, String text) throws IOException {
    Path config = Files.writeString(folder.resolve("config"), text);
    Path keys =
        Files.writeString(
            folder.resolve("credentials"),
            "[base]%naws_access_key_id=%s%naws_secret_access_key=%s%n".formatted(id, secret));
    System.setProperty("aws.configFile", config.toString());
    System.setProperty("aws.sharedCredentialsFile", keys.toString());
    System.setProperty("aws.endpointUrlSts", moto.url());
  }

  @Test
  void keys_read_all_runs_of_a_job() throws SQLException {
    assertThat(rows("SELECT Id FROM aws.glue.get_job_runs WHERE JobName = 'etl'", withKeys()))
        .isEqualTo(1_234);
  }

  @Test
  void a_role_reads_what_its_user_may_not() throws SQLException {
    assertThatThrownBy(() -> rows(JOBS, withKeys()))
        .isInstanceOf(SQLNonTransientException.class)
        .hasMessageContaining("glue:GetJobs")
        .hasMessageNotContaining(secret);
    assertThat(rows(JOBS, withKeys("role", ROLE))).isEqualTo(3);
  }

  @Test
  void a_profile_with_a_role_is_signed_in_to(@TempDir Path folder) throws Exception {
    profiles(
        folder,
        """
        [profile runner]
        region = us-east-1
        role_arn = %s
        source_profile = base
        """
            .formatted(ROLE));
    assertThat(rows(JOBS, Map.of("profile", "runner"))).isEqualTo(3);
  }

  @Test
  void a_profile_with_sso_gets_as_far_as_the_sign_in_that_is_missing(@TempDir Path folder)
      throws Exception {
    profiles(
        folder,
        """
        [profile person]
        sso_session = company
        sso_account_id = 123456789012
        sso_role_name = reader
        [sso-session company]
        sso_region = us-east-1
        sso_start_url = https://company.example/start
        """);
    assertThatThrownBy(() -> rows(JOBS, Map.of("profile", "person")))
        .hasMessageContaining("no credentials")
        .hasMessageContaining("no credentials: The SSO session")
        .hasMessageContaining("aws sso login");
  }
}
