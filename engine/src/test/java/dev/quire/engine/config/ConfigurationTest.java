package dev.quire.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.chain.Budget;
import dev.quire.chain.OnExceed;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path folder;

  private Configuration read(String text) {
    return read(text, Map.of());
  }

  private Configuration read(String text, Map<String, String> environment) {
    ConfigurationText labelled = new ConfigurationText("quire.yaml", text);
    return new ConfigurationReader(labelled, folder.resolve("quire.yaml"), environment).read();
  }

  private String messageOf(String text) {
    SourceException fault =
        Assertions.catchThrowableOfType(SourceException.class, () -> read(text));
    assertThat(fault).as("no fault").isNotNull();
    assertThat(fault.kind()).isEqualTo(ErrorKind.CONFIGURATION);
    return fault.getMessage();
  }

  @Test
  void how_many_parts_are_read_at_a_time_stands_beside_the_sources() {
    String sources = "sources: {a: {type: t}}\n";
    assertThat(read(sources).parallel()).isEmpty();
    assertThat(read("parallel: 8\n" + sources).parallel()).hasValue(8);
    for (String wrong : List.of("0", "65", "many", "[2]")) {
      assertThat(messageOf(sources + "parallel: " + wrong))
          .isEqualTo("quire.yaml:2: 'parallel' must be a whole number from 1 to 64");
    }
  }

  @Test
  void flattens_sections_to_dotted_keys_and_joins_lists() {
    Configuration configuration =
        read(
            """
            sources:
              crm:
                type: odata
                url: https://example.com/odata
                auth: {type: bearer, token: abc}
              aws:
                type: aws
                services: [glue, s3]
            """);
    assertThat(configuration.sources().keySet()).containsExactly("crm", "aws");
    assertThat(configuration.types()).containsEntry("crm", "odata").containsEntry("aws", "aws");
    SourceConfig crm = configuration.sources().get("crm");
    assertThat(crm.keys()).containsExactly("auth.token", "auth.type", "url");
    assertThat(crm.require("auth.token")).isEqualTo("abc");
    assertThat(configuration.sources().get("aws").require("services")).isEqualTo("glue,s3");
    assertThat(configuration.limits().statement()).isEqualTo(LimitSettings.NONE);
  }

  @Test
  void reads_limits() {
    String file =
        "limits: {calls: 10000, bytes: 2MiB, rows: 50, time: 5m, calls_per_day: 9,"
            + " bytes_per_day: 1GiB, on_exceed: partial, state_folder: state}\n"
            + "sources: {a: {type: odata, limits: {rows: 7, on_exceed: wait}}}\n";
    Configuration configuration = read(file);
    assertThat(configuration.limits().statement())
        .isEqualTo(
            new LimitSettings(
                new Budget(10_000, 2 << 20, 50, Optional.of(Duration.ofMinutes(5))),
                Optional.of(OnExceed.PARTIAL),
                OptionalLong.of(9),
                OptionalLong.of(1 << 30)));
    assertThat(configuration.limits().stateFolder()).isEqualTo(folder.resolve("state"));
    LimitSettings ofSource = Configuration.limitsOf(configuration.sources().get("a"));
    assertThat(ofSource.budget()).isEqualTo(Budget.NONE.withRows(7));
    assertThat(ofSource.onExceed()).contains(OnExceed.WAIT);
  }

  @Test
  void what_a_day_has_cost_is_kept_in_the_users_state_folder() {
    String file = "sources: {a: {type: odata}}";
    assertThat(read(file, Map.of("XDG_STATE_HOME", "/s")).limits().stateFolder())
        .isEqualTo(Path.of("/s/quire"));
    assertThat(read(file, Map.of("LOCALAPPDATA", "/w")).limits().stateFolder())
        .isEqualTo(Path.of("/w/quire"));
    assertThat(read(file, Map.of("HOME", "/h")).limits().stateFolder())
        .isEqualTo(Path.of("/h/.local/state/quire"));
  }

  @Test
  void keeps_numbers_and_words_as_they_were_written() {
    SourceConfig source =
        read("sources: {a: {type: odata, code: 010, flag: yes, text: ''}}").sources().get("a");
    assertThat(source.require("code")).isEqualTo("010");
    assertThat(source.require("flag")).isEqualTo("yes");
    assertThat(source.require("text")).isEmpty();
  }

  @Test
  void resolves_a_reference_when_it_is_asked_for_and_not_before() throws IOException {
    Configuration configuration =
        read(
            "sources: {a: {type: odata, token: '${file:token.txt}', secret: '${env:SECRET}'}}",
            Map.of("SECRET", "s3"));
    SourceConfig source = configuration.sources().get("a");
    assertThatThrownBy(() -> source.require("token")).hasMessageContaining("token.txt");
    Files.writeString(folder.resolve("token.txt"), "first\n");
    assertThat(source.require("token")).isEqualTo("first");
    Files.writeString(folder.resolve("token.txt"), "second\n");
    assertThat(source.require("token")).isEqualTo("second");
    assertThat(source.require("secret")).isEqualTo("s3");
    assertThat(source.resolve("ca", "ca.pem")).isEqualTo(folder.resolve("ca.pem"));
  }

  @Test
  void a_missing_variable_is_named_with_its_line() {
    SourceConfig source =
        read("sources:\n  a:\n    type: odata\n    token: ${env:NOT_THERE}\n").sources().get("a");
    assertThatThrownBy(() -> source.require("token"))
        .hasMessageStartingWith("quire.yaml:4: ")
        .hasMessageContaining("NOT_THERE");
  }

  @Test
  void faults_of_connectors_point_to_the_line_of_the_key_or_of_the_source() {
    SourceConfig source = read("sources:\n  a:\n    type: odata\n    url: x\n").sources().get("a");
    assertThat(source.fault("url", "no URL")).hasMessage("quire.yaml:4: no URL");
    assertThat(source.fault("absent", "needed")).hasMessage("quire.yaml:2: needed");
  }

  @Test
  void reads_windows_line_ends_and_a_byte_order_mark() throws IOException {
    Path file = folder.resolve("quire.yaml");
    Files.writeString(file, "\uFEFFsources:\r\n  crm:\r\n    type: odata\r\n    url: x\r\n");
    SourceConfig source = Configuration.read(file, Map.of()).sources().get("crm");
    assertThat(source.require("url")).isEqualTo("x");
    assertThat(source.fault("url", "no")).hasMessage(file + ":4: no");
  }

  @Test
  void a_file_that_is_not_utf8_is_refused_by_name() throws IOException {
    Path file = folder.resolve("quire.yaml");
    Files.write(file, "sources: {}".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Configuration.read(file, Map.of()))
        .hasMessage(file + " is not UTF-8 text; save it as UTF-8");
  }

  @Test
  void bad_yaml_is_shown_with_line_column_and_caret() {
    assertThat(messageOf("sources:\n  crm:\n    type: odata: x\n"))
        .isEqualTo(
            """
            quire.yaml:3:16: bad YAML: mapping values are not allowed here
                  type: odata: x
                             ^""");
  }

  @Test
  void an_excerpt_never_shows_a_secret() {
    assertThat(messageOf("sources:\n  crm:\n    auth: {type: bearer, token: hunter2: x\n"))
        .startsWith("quire.yaml:")
        .doesNotContain("hunter2");
    assertThat(messageOf("sources:\n  crm:\n    client_secret: hunter2: x\n"))
        .contains("client_secret: …")
        .doesNotContain("hunter2");
    assertThat(messageOf("sources:\n  crm:\n    password: *hunter2\n"))
        .contains("must stand in quotes")
        .doesNotContain("hunter2");
    assertThat(messageOf("sources:\n  crm:\n    password: !hunter2\n"))
        .isEqualTo("quire.yaml:3: the value of 'password' begins with !, so it needs quotes");
  }

  @Test
  void faults_of_form_name_the_line_and_the_way_out() {
    assertThat(messageOf("")).isEqualTo("quire.yaml: the file is empty");
    assertThat(messageOf("# nothing\n")).isEqualTo("quire.yaml: the file is empty");
    assertThat(messageOf("- a\n"))
        .isEqualTo("quire.yaml:1: the file must be a section of keys and values");
    assertThat(messageOf("source:\n  crm: {type: odata}\n"))
        .isEqualTo("quire.yaml:1: unknown key 'source'\n  Did you mean 'sources'?");
    assertThat(messageOf("limits: {calls: 5}\n"))
        .isEqualTo("quire.yaml:1: there is no section 'sources'");
    assertThat(messageOf("sources: {}\n")).isEqualTo("quire.yaml:1: 'sources' names no source");
    assertThat(messageOf("sources: crm\n"))
        .isEqualTo("quire.yaml:1: 'sources' must be a section of keys and values");
    assertThat(messageOf("sources:\n  crm: odata\n"))
        .isEqualTo("quire.yaml:2: source 'crm' must be a section of keys and values");
    assertThat(messageOf("sources:\n  crm:\n    url: x\n"))
        .isEqualTo(
            "quire.yaml:2: source 'crm' has no type; say what it is, for example type: odata");
    assertThat(messageOf("sources:\n  crm:\n    type: odata\n    url:\n"))
        .startsWith("quire.yaml:4: 'url' has no value");
  }

  @Test
  void a_key_or_source_given_twice_is_refused_with_both_lines() {
    assertThat(messageOf("sources:\n  crm:\n    type: odata\n    type: rest\n"))
        .isEqualTo("quire.yaml:4: 'type' was given before, at quire.yaml:3");
    assertThat(messageOf("sources:\n  a:\n    type: t\n    x.y: 1\n    x: {y: 2}\n"))
        .isEqualTo("quire.yaml:5: 'x.y' was given before, at quire.yaml:4");
    assertThat(messageOf("sources:\n  crm: {type: odata}\n  CRM: {type: odata}\n"))
        .isEqualTo("quire.yaml:3: 'CRM' was given before, at quire.yaml:2");
  }

  @Test
  void a_source_name_must_be_a_plain_schema_name() {
    assertThat(messageOf("sources:\n  my-crm: {type: odata}\n"))
        .startsWith("quire.yaml:2: 'my-crm' cannot name a source");
    assertThat(messageOf("sources:\n  SYS: {type: odata}\n"))
        .startsWith("quire.yaml:2: 'SYS' is kept for Quire's own tables");
    assertThat(read("sources: {顧客: {type: odata}}").sources()).containsKey("顧客");
  }

  @Test
  void limits_are_checked() {
    String sources = "sources: {a: {type: odata}}\n";
    assertThat(messageOf(sources + "limits:\n  calls: many\n"))
        .isEqualTo("quire.yaml:3: 'calls' must be a whole number from 1");
    assertThat(messageOf(sources + "limits:\n  on_exceed: stop\n"))
        .isEqualTo("quire.yaml:3: 'on_exceed' must be error, partial or wait");
    assertThat(messageOf(sources + "limits:\n  bytes: 5\n"))
        .isEqualTo("quire.yaml:3: 'bytes' must be a size, as 64MiB or 1GiB");
    assertThat(messageOf(sources + "limits:\n  call: 5\n"))
        .isEqualTo("quire.yaml:3: unknown key 'call'\n  Did you mean 'calls' or 'calls_per_day'?");
  }

  @Test
  void a_section_that_contains_itself_is_refused() {
    assertThat(messageOf("sources:\n  a: &x\n    type: odata\n    more: *x\n"))
        .contains("contains itself");
  }

  @Test
  void lists_hold_plain_values_without_commas() {
    assertThat(messageOf("sources:\n  a:\n    type: t\n    of: [{b: c}]\n"))
        .isEqualTo("quire.yaml:4: the list 'of' may hold plain values only");
    assertThat(messageOf("sources:\n  a:\n    type: t\n    of: ['b,c']\n"))
        .startsWith("quire.yaml:4: a value in the list 'of' has a comma");
  }

  @Test
  void a_named_file_then_the_variable_then_the_usual_places_are_looked_at() throws IOException {
    Path here = Files.createDirectory(folder.resolve("here"));
    Map<String, String> home = Map.of("XDG_CONFIG_HOME", folder.toString());
    Path inHome = Files.createDirectory(folder.resolve("quire")).resolve("quire.yaml");
    Files.writeString(inHome, "");
    assertThat(Configuration.locate(Optional.empty(), home, here)).isEqualTo(inHome);
    Path local = Files.writeString(here.resolve("quire.yaml"), "");
    assertThat(Configuration.locate(Optional.empty(), home, here)).isEqualTo(local);
    Path other = Files.writeString(here.resolve("other.yaml"), "");
    assertThat(Configuration.locate(Optional.empty(), Map.of("QUIRE_CONFIG", "other.yaml"), here))
        .isEqualTo(other);
    assertThat(Configuration.locate(Optional.of(Path.of("quire.yaml")), home, here))
        .isEqualTo(local);
  }

  @Test
  void without_a_file_the_message_says_where_was_looked_and_shows_an_example() {
    Map<String, String> home = Map.of("HOME", "/home/ann");
    assertThatThrownBy(() -> Configuration.locate(Optional.empty(), home, folder))
        .hasMessageContaining(folder.resolve("quire.yaml") + " and ")
        .hasMessageContaining(Path.of("/home/ann/.config/quire/quire.yaml").toString())
        .hasMessageContaining("type: odata");
    assertThatThrownBy(
            () ->
                Configuration.locate(
                    Optional.empty(), Map.of("QUIRE_CONFIG", "absent.yaml"), folder))
        .hasMessageContaining("looked for " + folder.resolve("absent.yaml") + "\n");
  }

  @Test
  void embedders_make_one_without_a_file() {
    Configuration configuration =
        Configuration.of(Map.of("crm", Map.of("type", "odata", "url", "http://x")));
    assertThat(configuration.types()).containsEntry("crm", "odata");
    assertThat(configuration.sources().get("crm").keys()).containsExactly("url");
    assertThatThrownBy(() -> Configuration.of(Map.of("crm", Map.of())))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("has no type");
  }
}
