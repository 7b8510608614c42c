package dev.quire.jdbcit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Calcite's JDBC adapter reads the sample service through the jar, which has a Calcite inside. */
class CalciteTest {
  @Test
  void the_jdbc_adapter_reads_tables_and_counts() throws Exception {
    try (DriverJar sample = DriverJar.withSample();
        Connection connection = DriverManager.getConnection("jdbc:calcite:lex=JAVA");
        Statement statement = connection.createStatement()) {
      SchemaPlus root = connection.unwrap(CalciteConnection.class).getRootSchema();
      DriverManagerDataSource source = new DriverManagerDataSource(sample.url() + ";types=plain");
      root.add("crm", JdbcSchema.create(root, "crm", source, null, "crm"));

      try (ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM crm.accounts")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(12_001);
      }
      try (ResultSet rows =
          statement.executeQuery(
              "SELECT name, revenue FROM crm.accounts WHERE statecode = 0 LIMIT 3")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString("name")).isNotEmpty();
      }
    }
  }
}
