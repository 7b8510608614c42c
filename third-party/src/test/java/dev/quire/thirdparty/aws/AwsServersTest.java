package dev.quire.thirdparty.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** That the servers which the other tests rely on are what they are taken for. */
class AwsServersTest {

  @Test
  void boto3_reads_from_moto_what_was_put_there() throws Exception {
    try (Moto moto = Moto.start()) {
      moto.seed("ssm");

      String parameters =
          moto.read("ssm", "get_parameters_by_path", "{\"Path\": \"/app\"}", "Parameters");

      assertThat(parameters.split("\"Name\": ", -1)).hasSize(121);
    }
  }

  @Test
  void moto_checks_signatures_when_told_to() throws Exception {
    try (Moto moto = Moto.startChecking()) {
      String key = moto.seed("auth");
      moto.checkSignatures();

      assertThat(key).contains("id=AKIA").contains("secret=");
    }
  }

  @Test
  void dynalite_answers() throws Exception {
    try (Dynalite dynalite = Dynalite.start()) {
      assertThat(dynalite.url()).startsWith("http://127.0.0.1:");
    }
  }
}
