package dev.quire.thirdparty.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.engine.Engine;
import dev.quire.engine.Result;
import dev.quire.engine.StatementOptions;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.config.Configuration.ConfiguredLimits;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signatures and permissions, checked by an AWS that another team made. */
class AwsKeysTest {
  private static Moto moto;
  private static String id;
  private static String secret;

  @BeforeAll
  static void start() throws Exception {
    moto = Moto.startChecking();
    String key = moto.seed("auth");
    id = key.split("id=")[1].split("\\s")[0];
    secret = key.split("secret=")[1].split("\\s")[0];
    moto.checkSignatures();
  }

  @AfterAll
  static void stop() throws Exception {
    moto.close();
  }

  private static void read(String key, String table) {
    Map<String, String> values =
        Map.of(
            "region",
            "us-east-1",
            "endpoint",
            moto.url(),
            "credentials.access_key_id",
            id,
            "credentials.secret_access_key",
            key);
    Configuration configuration =
        new Configuration(
            Map.of("aws", SourceConfig.of("aws", values)),
            Map.of("aws", "aws"),
            ConfiguredLimits.NONE);
    try (Engine engine = Engine.open(configuration, ConnectorContext.system());
        Result result = engine.query("SELECT * FROM " + table, StatementOptions.DEFAULT)) {
      assertThat(result.next()).isNull();
    }
  }

  private static SourceException fault(String key, String table) {
    return catchThrowableOfType(SourceException.class, () -> read(key, table));
  }

  @Test
  void a_good_key_reads() {
    read(secret, "aws.glue.get_jobs");
  }

  @Test
  void a_wrong_secret_is_refused_and_not_shown() {
    SourceException fault = fault(secret + "x", "aws.glue.get_jobs");
    assertThat(fault.kind()).isEqualTo(ErrorKind.AUTHENTICATION);
    assertThat(fault).hasMessageContaining("SignatureDoesNotMatch");
    assertThat(fault).hasMessageNotContaining(secret);
  }

  @Test
  void a_permission_that_is_missing_is_named() {
    SourceException fault = fault(secret, "aws.ssm.describe_parameters");
    assertThat(fault.kind()).isEqualTo(ErrorKind.PERMISSION);
    assertThat(fault.hint().orElseThrow()).contains("ssm:DescribeParameters");
  }
}
