package dev.quire.spi;

import static dev.quire.spi.Expression.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Function;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The small values of the SPI. */
class ValuesTest {

  @Test
  void an_expression_knows_all_of_its_columns() {
    ColumnRef a = new ColumnRef("a", DataType.BIGINT);
    ColumnRef b = new ColumnRef("b", DataType.BIGINT);
    Expression nested =
        call(
            Function.OR,
            call(Function.NOT, call(Function.EQ, b, new Constant(1L, DataType.BIGINT))),
            call(Function.IN, a, b, new Expression.Placeholder(DataType.BIGINT)));
    assertThat(nested.columns()).containsExactly("a", "b");
    assertThat(new Constant(1L, DataType.BIGINT).columns()).isEmpty();
  }

  @Test
  void an_empty_token_is_no_continuation() {
    assertThatThrownBy(() -> new Continuation(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the end");
  }

  @ParameterizedTest
  @CsvSource({
    "short, short",
    "https://h/x?api_key=abc&$skip=5, https://h/x?api_key=***&$skip=5",
    "https://h/x?$skip=5&Subscription-Key=abc, https://h/x?$skip=5&Subscription-Key=***",
    "https://h/x?access_token=abc, https://h/x?access_token=***",
    "https://h/x?$skiptoken=abc, https://h/x?$skiptoken=abc",
    "https://h/x?page=17&appid=s3cret, https://h/x?page=17&appid=***",
    "https://h/x?k=12345678901234567890&page=1, https://h/x?k=***&page=1",
  })
  void a_continuation_is_shown_without_credentials(String value, String shown) {
    assertThat(new Continuation(value)).hasToString(shown);
  }

  @Test
  void a_long_continuation_is_shown_by_its_ends() {
    String text = new Continuation("a".repeat(50) + "b".repeat(50)).toString();
    assertThat(text).hasSize(57).startsWith("aaa").contains("a…b").endsWith("bbb");
  }

  @Test
  void values_do_not_change_with_the_lists_they_were_made_of() {
    List<String> columns = new ArrayList<>(List.of("a"));
    ScanRequest scan = ScanRequest.of(columns);
    columns.add("b");
    assertThat(scan.columns()).containsExactly("a");
    assertThatThrownBy(() -> scan.columns().add("c"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> scan.withOffset(-1)).hasMessageContaining("-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DECIMAL|-1|-1|DECIMAL",
        "DECIMAL|18|-1|DECIMAL(18)",
        "DECIMAL|18|2|DECIMAL(18, 2)",
        "VARCHAR|-1|0|VARCHAR",
        "VARCHAR|100|0|VARCHAR(100)",
        "TIMESTAMP_TZ|-1|0|TIMESTAMP WITH TIME ZONE",
        "BIGINT|-1|0|BIGINT",
      })
  void a_type_is_written_as_in_sql(DataType.Kind kind, int precision, int scale, String expected) {
    assertThat(new DataType(kind, precision, scale).sqlName()).isEqualTo(expected);
  }

  @Test
  void a_configuration_shows_keys_and_never_values() {
    SourceConfig config =
        new SourceConfig(
            "crm",
            Map.of("url", "http://h", "auth.token", "${env:T}"),
            text -> text.replace("${env:T}", "s3cr3t"),
            key -> "quire.yaml:7");
    assertThat(config.require("auth.token")).isEqualTo("s3cr3t");
    assertThat(config.find("missing")).isEmpty();
    assertThat(config.has("url")).isTrue();
    assertThat(config).hasToString("SourceConfig[crm, keys=[auth.token, url]]");
    assertThatThrownBy(() -> config.require("missing"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessage("quire.yaml:7: source 'crm' needs the key 'missing'");
  }

  @Test
  void a_configuration_takes_a_default_for_what_it_lacks() {
    SourceConfig config = SourceConfig.of("crm", Map.of("profile", "graph"));
    assertThat(config.withDefault("url", "http://h").require("url")).isEqualTo("http://h");
    assertThat(config.withDefault("profile", "none").require("profile")).isEqualTo("graph");
    assertThat(config.has("url")).isFalse();
  }

  @Test
  void a_relative_path_starts_at_the_folder_of_the_configuration(@TempDir Path folder) {
    SourceConfig config = SourceConfig.of("crm", Map.of("ca", "certs/ca.pem")).withFolder(folder);
    assertThat(config.resolve("ca", " certs/ca.pem")).isEqualTo(folder.resolve("certs/ca.pem"));
    Path elsewhere = folder.resolveSibling("ca.pem").toAbsolutePath();
    assertThat(config.resolve("ca", elsewhere.toString())).isEqualTo(elsewhere);
    assertThat(config.withDefault("x", "y").resolve("ca", "a")).isEqualTo(folder.resolve("a"));
    assertThat(SourceConfig.of("crm", Map.of()).resolve("ca", "a")).isEqualTo(Path.of("a"));
    assertThatThrownBy(() -> config.resolve("ca", "a\0b"))
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
        .hasMessageStartingWith("sources.crm.ca: ca: ");
  }

  @Test
  void a_reference_is_resolved_each_time_it_is_asked_for() {
    List<String> tokens = new ArrayList<>(List.of("first", "second"));
    SourceConfig config =
        new SourceConfig("crm", Map.of("t", "${file:t}"), text -> tokens.remove(0), key -> key);
    assertThat(config.find("t")).contains("first");
    assertThat(config.find("t")).contains("second");
  }
}
