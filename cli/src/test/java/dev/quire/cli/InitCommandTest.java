package dev.quire.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.engine.config.Configuration;
import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import dev.quire.spi.Connector;
import dev.quire.spi.Property;
import dev.quire.spi.SourceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path folder;
  private CommandTrial quire;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    quire = new CommandTrial(folder);
    file = folder.resolve("quire.yaml");
    Files.delete(file);
  }

  private int init(String... answers) {
    quire.input = String.join("\n", answers) + "\n";
    return quire.run("init");
  }

  @Test
  void answers_become_a_configuration_that_is_then_tried() {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT)) {
      quire.engines = dev.quire.engine.Engine::open;
      quire.environment.put("CRM_TOKEN", "s3cret-value");
      assertThat(init("", "", "dataverse", server.baseUrl(), "bearer", "")).isZero();
      assertThat(file)
          .hasContent(
              """
              sources:
                crm:
                  type: odata
                  profile: dataverse
                  url: '%s'
                  auth:
                    type: bearer
                    token: '${env:CRM_TOKEN}'
              """
                  .formatted(server.baseUrl()));
      assertThat(quire.out()).startsWith("crm: ok, 3 tables, crm.accounts answers, ");
      assertThat(quire.err())
          .contains("Name of the source, which is its schema in SQL [crm]\n")
          .contains("[env:CRM_TOKEN]\n")
          .contains("quire.yaml is written; now it is tried.\n")
          .doesNotContain("s3cret");
      assertThat(folder).isDirectoryNotContaining("glob:**unfinished*");
    }
  }

  @Test
  void a_source_that_is_not_well_exits_with_1_and_the_file_stays_to_be_corrected() {
    quire.engines = dev.quire.engine.Engine::open;
    assertThat(init("erp", "odata", "none", "http://127.0.0.1:9/x", "bearer", "env:ERP"))
        .isEqualTo(1);
    assertThat(quire.out()).contains("erp: failed: ").contains("variable ERP is not set");
    assertThat(quire.err()).endsWith("and try again: quire check\n");
    assertThat(file).exists();
  }

  @Test
  void an_aws_source_is_asked_for_region_and_credentials() throws Exception {
    init("cloud", "aws", "eu-central-1", "keys", "AKIDEXAMPLE", "env:CLOUD_KEY");
    assertThat(Files.readString(file))
        .contains("type: aws", "region: 'eu-central-1'", "access_key_id: 'AKIDEXAMPLE'")
        .contains("secret_access_key: '${env:CLOUD_KEY}'")
        .doesNotContain("profile");
  }

  @Test
  void a_rest_source_is_asked_for_a_spec_that_there_is_and_needs_no_url_that_the_spec_brings()
      throws Exception {
    init("gh", "rest", "nothing.yaml", "github", "", "bearer", "");
    assertThat(quire.err())
        .contains("there is no file", "nothing.yaml", "quire probe URL > FILE")
        .contains("URL, the root of the service [the spec's own]");
    assertThat(Files.readString(file)).contains("spec: github").doesNotContain("url:");
  }

  @Test
  void a_spec_in_a_file_may_leave_the_url_to_the_source() throws Exception {
    quire.write("items.yaml", "tables: {items: {path: /items, columns: {id: bigint}}}\n");
    init("api", "rest", "items.yaml", "", "http://127.0.0.1:9/x", "none");
    assertThat(quire.err()).contains("Please answer.");
    assertThat(Files.readString(file))
        .contains("spec: 'items.yaml'", "url: 'http://127.0.0.1:9/x'");
  }

  @Test
  void a_file_that_exists_is_not_overwritten() {
    quire.configure("sources: {}\n");
    assertThat(init("crm", "odata", "none", "http://127.0.0.1:9/x", "none")).isEqualTo(2);
    assertThat(file).hasContent("sources: {}\n");
    assertThat(quire.err())
        .startsWith("quire: ")
        .contains("quire.yaml exists, and is not overwritten")
        .doesNotContain("Name of the source");
  }

  @Test
  void another_file_can_be_named() {
    quire.input = "crm\nodata\nnone\nhttp://127.0.0.1:9/x\nnone\n";
    quire.run("init", "--config", "other.yaml");
    assertThat(folder.resolve("other.yaml")).exists();
    assertThat(file).doesNotExist();
    quire.environment.put("QUIRE_CONFIG", "third.yaml");
    quire.run("init");
    assertThat(folder.resolve("third.yaml")).exists();
    assertThat(file).doesNotExist();
  }

  @Test
  void a_secret_typed_by_mistake_is_neither_kept_nor_shown() throws Exception {
    init(
        "crm",
        "odata",
        "none",
        "http://127.0.0.1:9/x",
        "bearer",
        "eyJhbGci.s3cret",
        "file:token.txt");
    assertThat(Files.readString(file))
        .contains("token: '${file:token.txt}'")
        .doesNotContain("s3cret");
    assertThat(quire.out() + quire.err())
        .contains("Nothing was kept of this answer.")
        .doesNotContain("s3cret");
  }

  @Test
  void an_answer_that_cannot_be_used_is_asked_for_again() throws Exception {
    init(
        "sys",
        "my source",
        "crm",
        "soap",
        "odata",
        "none",
        "",
        "example.com/odata",
        "https://me:s3cret@example.com/",
        "ftp://example.com/",
        "https://example.com/o'data",
        "none");
    assertThat(quire.err())
        .contains("'sys' is kept for Quire's own tables")
        .contains("'my source' cannot name a source")
        .contains("It must be one of aws, odata")
        .contains("Please answer.")
        .contains("It must begin with https:// or http://")
        .contains("It must not hold a user or a password");
    assertThat(Files.readString(file)).contains("url: 'https://example.com/o''data'\n");
    assertThat(quire.err() + Files.readString(file)).doesNotContain("s3cret");
  }

  @Test
  void answers_that_end_too_soon_leave_nothing_written() {
    assertThat(init("crm", "odata", "none", "http://127.0.0.1:9/x")).isEqualTo(2);
    assertThat(quire.err()).endsWith("Nothing was written.\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void an_interruption_leaves_nothing_written() {
    quire.interrupts.raise();
    assertThat(init("crm", "odata", "none", "http://127.0.0.1:9/x", "none")).isEqualTo(130);
    Thread.interrupted();
    assertThat(quire.err()).endsWith("interrupted; nothing was written\n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void every_way_to_sign_in_gives_keys_that_the_connector_knows() throws Exception {
    Map<List<String>, Map<String, String>> ways =
        Map.of(
            List.of("none"),
            Map.of(),
            List.of("managed_identity"),
            Map.of("auth.type", "managed_identity"),
            List.of("bearer", ""),
            Map.of("auth.type", "bearer", "auth.token", "${env:CRM_TOKEN}"),
            List.of("basic", "me", ""),
            Map.of(
                "auth.type", "basic",
                "auth.username", "me",
                "auth.password", "${env:CRM_PASSWORD}"),
            List.of("api_key", "", "X-Key", "env:K"),
            Map.of(
                "auth.type", "api_key",
                "auth.in", "header",
                "auth.name", "X-Key",
                "auth.value", "${env:K}"),
            List.of("oauth2", "device_code", "contoso.onmicrosoft.com", "1111-2222", ""),
            Map.of(
                "auth.type", "oauth2",
                "auth.grant", "device_code",
                "auth.tenant", "contoso.onmicrosoft.com",
                "auth.client_id", "1111-2222",
                "auth.token_cache", "crm.token"),
            List.of(
                "oauth2",
                "authorization_code",
                "https://example.com/token",
                "https://example.com/authorize",
                "me",
                "openid offline_access",
                "mine.token"),
            Map.of(
                "auth.type", "oauth2",
                "auth.grant", "authorization_code",
                "auth.token_url", "https://example.com/token",
                "auth.authorize_url", "https://example.com/authorize",
                "auth.client_id", "me",
                "auth.scope", "openid offline_access",
                "auth.token_cache", "mine.token"),
            List.of("oauth2", "", "contoso.onmicrosoft.com", "1111-2222", ""),
            Map.of(
                "auth.type", "oauth2",
                "auth.grant", "client_credentials",
                "auth.tenant", "contoso.onmicrosoft.com",
                "auth.client_id", "1111-2222",
                "auth.client_secret", "${env:CRM_SECRET}"),
            List.of("oauth2", "", "https://example.com/token", "me", "file:a b.txt", "read all"),
            Map.of(
                "auth.type", "oauth2",
                "auth.grant", "client_credentials",
                "auth.token_url", "https://example.com/token",
                "auth.client_id", "me",
                "auth.client_secret", "${file:a b.txt}",
                "auth.scope", "read all"));
    Connector odata =
        ServiceLoader.load(Connector.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(connector -> connector.type().equals("odata"))
            .findFirst()
            .orElseThrow();
    for (Map.Entry<List<String>, Map<String, String>> way : ways.entrySet()) {
      Files.deleteIfExists(file);
      List<String> answers = new java.util.ArrayList<>(List.of("", "", "", "http://127.0.0.1:9/x"));
      answers.addAll(way.getKey());
      init(answers.toArray(String[]::new));
      SourceConfig source = Configuration.read(file, Map.of()).sources().get("crm");
      assertThat(odata.properties()).extracting(Property::name).containsAll(source.keys());
      String text = Files.readString(file);
      way.getValue()
          .forEach(
              (key, value) ->
                  assertThat(text)
                      .containsPattern(
                          "\n      "
                              + key.substring(5)
                              + ": '?"
                              + java.util.regex.Pattern.quote(value)));
      assertThat(source.keys()).hasSize(2 + way.getValue().size());
    }
  }
}
