package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.quire.engine.StatementOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a URL and the properties beside it may say. */
class ConnectionUrlTest {
  private final Pages pages = new Pages(3, 10);
  private final Driver driver = new QuireDriver();

  @AfterEach
  void close() {
    pages.close();
  }

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private static String message(String url, String... pairs) {
    try (Connection connection = DriverManager.getConnection(url, properties(pairs))) {
      return "connected: " + connection;
    } catch (SQLException e) {
      assertThat((Throwable) e).isInstanceOf(SQLNonTransientConnectionException.class);
      assertThat(e.getSQLState()).isEqualTo("08001");
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void the_driver_takes_its_own_urls_and_no_others() throws SQLException {
    assertThat(driver.acceptsURL("jdbc:quire:")).isTrue();
    assertThat(driver.acceptsURL("jdbc:postgresql://localhost/x")).isFalse();
    assertThat((Object) driver.connect("jdbc:other:x", new Properties())).isNull();
  }

  @Test
  void a_url_is_a_type_and_pairs_whose_values_may_be_quoted() throws SQLException {
    ConnectionUrl url =
        ConnectionUrl.parse("jdbc:quire:odata: url=http://h/a=b ; a=\"x;y\"\"z\";b='it''s;';c=");
    assertThat(url.type()).isEqualTo(Optional.of("odata"));
    assertThat(url.values())
        .containsEntry("url", "http://h/a=b")
        .containsEntry("a", "x;y\"z")
        .containsEntry("b", "it's;")
        .containsEntry("c", "");
    assertThat(ConnectionUrl.parse("jdbc:quire:config=C:\\quire.yaml").type()).isEmpty();
    assertThat(ConnectionUrl.parse("jdbc:quire:").values()).isEmpty();
    assertThat(url.toString()).doesNotContain("x;y");
  }

  @Test
  void a_configuration_file_is_read_by_name(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("my.yaml");
    Files.writeString(file, "sources:\n  crm: {type: odata, url: " + pages.service() + "}\n");
    try (Connection connection = DriverManager.getConnection("jdbc:quire:config=" + file);
        var rows = connection.createStatement().executeQuery("SELECT id FROM crm.items")) {
      assertThat(rows.next()).isTrue();
      assertThat(connection.getSchema()).isEqualTo("crm");
    }
    assertThat(message("jdbc:quire:config=" + folder.resolve("no.yaml")))
        .contains("there is no configuration; looked for");
    assertThat(message("jdbc:quire:config=" + file + ";url=http://h"))
        .startsWith("unknown key 'url'. A connection of this kind knows: config");
  }

  @Test
  void properties_say_the_same_as_the_url() throws SQLException {
    try (Connection connection =
        DriverManager.getConnection(
            "jdbc:quire:odata", properties("url", pages.service(), "source", "shop"))) {
      assertThat(connection.getSchema()).isEqualTo("shop");
    }
    assertThat(message("jdbc:quire:odata:url=http://a/", "url", "http://b/"))
        .isEqualTo("the key 'url' is given twice, with different values; leave one out");
  }

  @Test
  void an_unknown_key_is_an_error_that_names_the_nearest() {
    assertThat(message(pages.url() + ";profil=dataverse"))
        .isEqualTo("unknown key 'profil'. Did you mean 'profile'?");
    assertThat(message("jdbc:quire:odta:url=http://h/"))
        .isEqualTo("no connector for 'odta'. Did you mean 'odata'?");
    assertThat(message("jdbc:quire:odata:profile=none")).contains("needs the key 'url'");
    assertThat(message(pages.url() + ";on_exceed=maybe"))
        .isEqualTo("'on_exceed' must be error or partial or wait");
    assertThat(message(pages.url() + ";query_timeout=7")).contains("such as 30s");
    assertThat(message(pages.url() + ";max_calls=0")).contains("whole number from 1");
    assertThat(message(pages.url() + ";max_bytes=5")).contains("such as 512KiB");
    assertThat(message(pages.url() + ";max_rows=many"))
        .isEqualTo("'max_rows' must be a whole number from 1");
    assertThat(message(pages.url() + ";deadline=14")).contains("'deadline' must be a time such as");
    assertThat(message(pages.url() + ";strict=yes")).isEqualTo("'strict' must be true or false");
    assertThat(message(pages.url() + ";parallel=0"))
        .isEqualTo("'parallel' must be a whole number from 1");
    assertThat(message(pages.url() + ";limits.cals=5")).contains("Did you mean 'limits.calls'");
    assertThatThrownBy(() -> pages.connect(";schema=nowhere"))
        .hasMessage("no source 'nowhere'. The sources are s.");
    assertThat(message("jdbc:quire:odata:url=http://h/;http://secret"))
        .contains("what follows the value of 'url' has no '='");
  }

  @Test
  void statements_are_run_as_the_keys_say() throws SQLException {
    String keys = ";max_rows=7;deadline=14m;strict=true;parallel=99;max_calls=3;max_bytes=1MiB";
    try (Connection connection = pages.connect(keys)) {
      StatementOptions options = connection.unwrap(QuireConnection.class).options();
      assertThat(options.rowBudget()).isEqualTo(7);
      assertThat(options.deadline()).contains(Duration.ofMinutes(14));
      assertThat(options.strict()).isTrue();
      assertThat(options.parallel()).hasValue(64);
      assertThat(options.maxCalls()).isEqualTo(3);
      assertThat(options.maxBytes()).isEqualTo(1 << 20);
    }
    try (Connection connection = pages.connect()) {
      StatementOptions options = connection.unwrap(QuireConnection.class).options();
      assertThat(options.strict()).isFalse();
      assertThat(options.parallel()).isEmpty();
    }
  }

  @Test
  void a_secret_is_never_repeated() throws SQLException {
    String url = pages.url() + ";auth=bearer;auth.token=geheim";
    try (Connection connection = DriverManager.getConnection(url)) {
      assertThat(connection.getMetaData().getURL())
          .contains("auth.token=***")
          .doesNotContain("geheim");
      assertThat(connection.toString()).doesNotContain("geheim");
      connection.createStatement().executeQuery("SELECT id FROM items").next();
      assertThat(pages.dataRequests().get(0).header("Authorization")).hasValue("Bearer geheim");
    }
    for (String broken :
        List.of(";gehe=im", ";geheim", ";auth.token=geheim2", ";autht=x", ";url=http://x")) {
      assertThat(message(url + broken)).as(broken).doesNotContain("geheim").doesNotContain("gehe");
    }
    assertThat(message("jdbc:quire:odata:url=http://u:geheim@h/;nope=1")).doesNotContain("geheim");
  }

  @Test
  void user_and_password_are_those_of_basic_authentication() throws SQLException {
    try (Connection connection = DriverManager.getConnection(pages.url(), "me", "geheim")) {
      connection.createStatement().executeQuery("SELECT id FROM items").next();
      assertThat(pages.dataRequests().get(0).header("Authorization").orElse(""))
          .startsWith("Basic ");
      assertThat(connection.getMetaData().getURL()).doesNotContain("geheim");
    }
    try (Connection connection = DriverManager.getConnection(pages.url(), "", "")) {
      assertThat(connection.isValid(1)).isTrue();
    }
  }

  @Test
  void references_are_looked_up() throws Exception {
    Path file = Files.createTempFile("token", ".txt");
    Files.writeString(file, "aus-der-datei\n");
    try (Connection connection =
        pages.connect(";auth=bearer;auth.token=${file:" + file.toAbsolutePath() + "}")) {
      connection.createStatement().executeQuery("SELECT id FROM items").next();
      assertThat(pages.dataRequests().get(0).header("Authorization"))
          .hasValue("Bearer aus-der-datei");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void the_properties_of_a_url_are_told_with_secrets_marked() throws SQLException {
    DriverPropertyInfo[] all =
        driver.getPropertyInfo(
            "jdbc:quire:odata:url=http://h/", properties("auth.token", "geheim"));
    assertThat(all).extracting(each -> each.name).contains("url", "auth.type", "types", "source");
    DriverPropertyInfo token = find(all, "auth.token");
    assertThat(token.value).isNull();
    assertThat(token.description).startsWith("Secret. ");
    assertThat(find(all, "url").value).isEqualTo("http://h/");
    assertThat(find(all, "auth.type").choices).contains("bearer", "basic");
    assertThat(find(all, "on_exceed").value).isEqualTo("error");
    assertThat(driver.getPropertyInfo("jdbc:quire:", null))
        .extracting(each -> each.name)
        .contains("config")
        .doesNotContain("url");
    assertThat(all).allMatch(each -> each.description != null && !each.description.isBlank());
  }

  private static DriverPropertyInfo find(DriverPropertyInfo[] all, String name) {
    return Arrays.stream(all).filter(each -> each.name.equals(name)).findFirst().orElseThrow();
  }

  @Test
  void a_data_source_says_the_same_as_a_bean() throws SQLException {
    QuireDataSource source = new QuireDataSource();
    source.setUrl(pages.url());
    source.setProperty("max_calls", "5");
    source.setPassword("geheim");
    source.setUser("me");
    try (Connection connection = source.getConnection()) {
      assertThat(connection.getMetaData().getURL()).contains("max_calls=5").contains("***");
    }
    assertThat(source.toString()).doesNotContain("geheim");
    assertThat(source.unwrap(QuireDataSource.class)).isSameAs(source);
    source.setUrl("jdbc:other:");
    assertThatThrownBy(source::getConnection).hasMessage("the URL must begin with jdbc:quire:");
  }

  @Test
  void connections_of_the_same_configuration_read_the_metadata_once() throws SQLException {
    for (int i = 0; i < 3; i++) {
      try (Connection connection = pages.connect();
          Connection other = pages.connect()) {
        connection.createStatement().executeQuery("SELECT id FROM items").next();
        other.createStatement().executeQuery("SELECT id FROM items").next();
      }
    }
    assertThat(pages.api().requests("/odata/$metadata")).hasSize(1);
    SharedEngines.OF_THE_DRIVER.closeIdle();
    try (Connection connection = pages.connect()) {
      connection.createStatement().executeQuery("SELECT id FROM items").next();
    }
    assertThat(pages.api().requests("/odata/$metadata")).hasSize(2);
  }

  @Test
  void a_windows_path_needs_quotes_for_its_semicolons_alone() throws SQLException {
    assertThat(ConnectionUrl.parse("jdbc:quire:config=C:\\my data\\quire.yaml;schema=crm").values())
        .containsExactly(entry("config", "C:\\my data\\quire.yaml"), entry("schema", "crm"));
    assertThat(ConnectionUrl.parse("jdbc:quire:config=\"C:\\a;b\\q 'x'.yaml\";schema=crm").values())
        .containsExactly(entry("config", "C:\\a;b\\q 'x'.yaml"), entry("schema", "crm"));
    assertThat(ConnectionUrl.parse("jdbc:quire:config=\\\\server\\share\\quire.yaml").values())
        .containsExactly(entry("config", "\\\\server\\share\\quire.yaml"));
  }
}
