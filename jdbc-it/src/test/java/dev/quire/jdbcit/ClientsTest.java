package dev.quire.jdbcit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ArrayListHandler;
import org.apache.commons.dbutils.handlers.MapListHandler;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import sqlline.SqlLine;

/** Clients of other teams read the sample service through the driver's jar. */
class ClientsTest {
  private static final String BY_NAME =
      "SELECT accountid, name, revenue, createdon FROM crm.accounts ORDER BY name, accountid LIMIT 4";

  private DriverJar sample;

  @BeforeEach
  void start() {
    sample = DriverJar.withSample();
  }

  @AfterEach
  void stop() {
    if (sample != null) {
      sample.close();
    }
  }

  private List<Object[]> expected() throws SQLException {
    try (Connection connection = DriverManager.getConnection(sample.url())) {
      return new QueryRunner().query(connection, BY_NAME, new ArrayListHandler());
    }
  }

  @Test
  void hikari_pools_connections() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(sample.url());
    config.setMaximumPoolSize(3);
    config.setReadOnly(true);
    try (HikariDataSource pool = new HikariDataSource(config)) {
      for (int i = 0; i < 10; i++) {
        try (Connection connection = pool.getConnection();
            var rows =
                connection.createStatement().executeQuery("SELECT COUNT(*) FROM crm.accounts")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).isEqualTo(12_001);
        }
      }
    }
    assertThat(sample.server().requests())
        .filteredOn(request -> request.target().contains("$metadata"))
        .hasSize(1);
  }

  @Test
  void hikari_takes_the_data_source() throws Exception {
    HikariConfig config = new HikariConfig();
    config.setDataSourceClassName("dev.quire.jdbc.QuireDataSource");
    config.addDataSourceProperty("url", sample.url());
    try (HikariDataSource pool = new HikariDataSource(config);
        Connection connection = pool.getConnection()) {
      assertThat(connection.getMetaData().getDatabaseProductName()).isEqualTo("Quire");
    }
  }

  @Test
  void spring_reads_rows_as_maps_and_records() throws SQLException {
    DriverManagerDataSource source = new DriverManagerDataSource(sample.url());
    JdbcTemplate template = new JdbcTemplate(source);
    template.setFetchSize(100);
    List<Map<String, Object>> rows = template.queryForList(BY_NAME);
    assertThat(rows).hasSize(4);
    assertThat(rows.get(0).get("accountid")).isEqualTo(expected().get(0)[0]);
    template.setMaxRows(7);
    assertThat(template.queryForList("SELECT name FROM crm.accounts", String.class)).hasSize(7);

    List<Account> accounts =
        JdbcClient.create(source)
            .sql(
                "SELECT accountid, name, revenue FROM crm.accounts WHERE statecode = :state LIMIT 3")
            .param("state", 0)
            .query(Account.class)
            .list();
    assertThat(accounts).hasSize(3).allMatch(each -> each.accountid() != null);
    assertThatThrownBy(() -> template.queryForList("SELECT nme FROM crm.accounts"))
        .isInstanceOf(BadSqlGrammarException.class);
  }

  /** A row as a bean. */
  record Account(UUID accountid, String name, BigDecimal revenue) {}

  @Test
  void jooq_runs_plain_sql() throws SQLException {
    try (Connection connection = DriverManager.getConnection(sample.url())) {
      DSLContext context = DSL.using(connection);
      Result<Record> rows = context.fetch(BY_NAME);
      assertThat(rows).hasSize(4);
      assertThat(rows.get(0).get("accountid", UUID.class)).isEqualTo(expected().get(0)[0]);
      assertThat(rows.get(0).get("createdon", OffsetDateTime.class)).isNotNull();
      assertThat(context.fetchValue("SELECT COUNT(*) FROM crm.contacts WHERE statecode >= ?", 0))
          .isEqualTo(500L);
      assertThat(context.fetchLazy("SELECT name FROM crm.accounts").fetchNext(3)).hasSize(3);
    }
  }

  @Test
  void db_utils_fills_lists_and_maps() throws SQLException {
    try (Connection connection = DriverManager.getConnection(sample.url())) {
      List<Map<String, Object>> rows =
          new QueryRunner()
              .query(
                  connection,
                  "SELECT name FROM crm.accounts WHERE name LIKE ? ORDER BY name LIMIT 2",
                  new MapListHandler(),
                  "A%");
      assertThat(rows).hasSize(2).allMatch(row -> row.get("NAME").toString().startsWith("A"));
    }
  }

  @Test
  void sqlline_shows_tables_columns_and_rows() throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    SqlLine shell = new SqlLine();
    PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
    shell.setOutputStream(out);
    shell.setErrorStream(out);
    String script =
        "!tables\n!columns accounts\n!primarykeys accounts\n"
            + "SELECT name, revenue FROM crm.accounts ORDER BY name LIMIT 2;\n!quit\n";
    shell.begin(
        new String[] {
          "-u", sample.url(), "-n", "", "-p", "", "--silent=true", "--outputformat=csv"
        },
        new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
        false);
    String shown = screen.toString(StandardCharsets.UTF_8);
    assertThat(shown).contains("accounts").contains("accountid").contains("'name','revenue'");
    assertThat(shown).doesNotContain("Exception");
  }
}
