package dev.quire.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferencesTest {
  @TempDir Path folder;

  private References references() {
    return new References(folder, Map.of("TOKEN", "abc", "ODD", "${env:TOKEN}")::get);
  }

  @Test
  void replaces_variables_wherever_they_stand() {
    assertThat(references().apply("a ${env:TOKEN} b ${env:TOKEN}")).isEqualTo("a abc b abc");
  }

  @Test
  void does_not_search_a_replaced_text_again() {
    assertThat(references().apply("${env:ODD}")).isEqualTo("${env:TOKEN}");
  }

  @Test
  void reads_a_file_beside_the_configuration_without_its_line_end() throws IOException {
    Files.writeString(folder.resolve("token.txt"), "s3cret\r\n");
    assertThat(references().apply("${file:token.txt}")).isEqualTo("s3cret");
    Files.writeString(folder.resolve("token.txt"), "renewed\n");
    assertThat(references().apply("${file:token.txt}")).isEqualTo("renewed");
  }

  @Test
  void keeps_dollars_that_are_no_reference() {
    assertThat(references().apply("$top=5 $${env:TOKEN} $$ $"))
        .isEqualTo("$top=5 ${env:TOKEN} $$ $");
  }

  @Test
  void names_a_missing_variable_and_what_to_do() {
    assertThatThrownBy(() -> references().apply("${env:CRM_SECRET}"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageContaining("CRM_SECRET is not set")
        .hasMessageContaining("export CRM_SECRET=");
  }

  @Test
  void names_a_missing_file() {
    assertThatThrownBy(() -> references().apply("${file:none.txt}"))
        .hasMessageContaining("none.txt does not exist");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_a_secret() throws IOException {
    Files.writeString(folder.resolve("marked.txt"), "\uFEFFabc\r\n");
    assertThat(references().apply("${file:marked.txt}")).isEqualTo("abc");
  }

  @Test
  void refuses_unknown_and_open_references() {
    assertThatThrownBy(() -> references().apply("${vault:x}")).hasMessageContaining("${env:NAME}");
    assertThatThrownBy(() -> references().apply("${env:X")).hasMessageContaining("not closed");
  }

  @Test
  void a_configuration_names_the_place_of_a_broken_reference() {
    SourceConfig config =
        new SourceConfig(
            "crm", Map.of("auth.token", "${env:NONE}"), references(), key -> "quire.yaml:7");
    assertThatThrownBy(() -> config.find("auth.token"))
        .hasMessageStartingWith("quire.yaml:7: the environment variable NONE is not set");
  }
}
