package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the metadata says of the sample service. */
class MetadataTest {
  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(100));
  private Connection connection;
  private DatabaseMetaData metadata;

  @BeforeEach
  void connect() throws SQLException {
    connection =
        DriverManager.getConnection(
            "jdbc:quire:odata:source=crm;profile=dataverse;url=" + server.baseUrl());
    metadata = connection.getMetaData();
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
    server.close();
    SharedEngines.OF_THE_DRIVER.closeIdle();
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(name));
    }
    return values;
  }

  @Test
  void sources_are_schemas_and_there_are_no_catalogs() throws SQLException {
    assertThat(column(metadata.getSchemas(), "TABLE_SCHEM")).containsExactly("crm", "sys");
    assertThat(column(metadata.getSchemas(null, "C%"), "TABLE_SCHEM")).containsExactly("crm");
    assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(column(metadata.getTables("other", null, null, null), "TABLE_NAME")).isEmpty();
    assertThat(column(metadata.getTableTypes(), "TABLE_TYPE"))
        .containsExactly("SYSTEM TABLE", "TABLE");
  }

  @Test
  void tables_are_found_by_patterns() throws SQLException {
    String[] tables = {"TABLE"};
    assertThat(column(metadata.getTables(null, "crm", "%", tables), "TABLE_NAME"))
        .contains("accounts", "contacts", "opportunities")
        .isSorted();
    assertThat(column(metadata.getTables("", null, "ACC_UNTS", null), "TABLE_NAME"))
        .containsExactly("accounts");
    assertThat(column(metadata.getTables(null, "crm", "acc\\_unts", null), "TABLE_NAME")).isEmpty();
    assertThat(column(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"))
        .isEmpty();
    assertThat(column(metadata.getTables(null, "sys", "tables", null), "TABLE_TYPE"))
        .containsExactly("SYSTEM TABLE");
  }

  @Test
  void columns_have_their_types_in_the_order_of_the_table() throws SQLException {
    ResultSet rows = metadata.getColumns(null, "crm", "accounts", "%");
    int position = 0;
    while (rows.next()) {
      position++;
      assertThat(rows.getInt("ORDINAL_POSITION")).isEqualTo(position);
      assertThat(rows.getString("TABLE_SCHEM")).isEqualTo("crm");
      if (rows.getString("COLUMN_NAME").equals("accountid")) {
        assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.OTHER);
        assertThat(rows.getString("TYPE_NAME")).isEqualTo("UUID");
        assertThat(rows.getString("IS_NULLABLE")).isEqualTo("NO");
      }
      if (rows.getString("COLUMN_NAME").equals("createdon")) {
        assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.TIMESTAMP_WITH_TIMEZONE);
      }
    }
    assertThat(position).isGreaterThan(5);
  }

  @Test
  void the_columns_that_are_told_are_those_of_a_star() throws SQLException {
    List<String> told = column(metadata.getColumns(null, "crm", "accounts", null), "COLUMN_NAME");
    List<String> star = new ArrayList<>();
    try (ResultSet rows =
        connection.createStatement().executeQuery("SELECT * FROM crm.accounts LIMIT 1")) {
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        star.add(rows.getMetaData().getColumnName(i));
      }
    }
    assertThat(told).isEqualTo(star);
  }

  @Test
  void keys_come_from_the_service() throws SQLException {
    ResultSet key = metadata.getPrimaryKeys(null, "crm", "accounts");
    assertThat(key.next()).isTrue();
    assertThat(key.getString("COLUMN_NAME")).isEqualTo("accountid");
    assertThat(key.getShort("KEY_SEQ")).isEqualTo((short) 1);
    assertThat(key.next()).isFalse();
    assertThat(
            column(metadata.getBestRowIdentifier(null, "crm", "accounts", 1, true), "COLUMN_NAME"))
        .containsExactly("accountid");

    ResultSet imported = metadata.getImportedKeys(null, "crm", "contacts");
    List<String> found = new ArrayList<>();
    while (imported.next()) {
      found.add(
          imported.getString("FKCOLUMN_NAME")
              + " -> "
              + imported.getString("PKTABLE_SCHEM")
              + "."
              + imported.getString("PKTABLE_NAME")
              + "."
              + imported.getString("PKCOLUMN_NAME"));
    }
    assertThat(found).contains("_parentcustomerid_value -> crm.accounts.accountid");
    assertThat(column(metadata.getExportedKeys(null, "crm", "accounts"), "FKTABLE_NAME"))
        .contains("contacts");
    assertThat(
            column(
                metadata.getCrossReference(null, "crm", "accounts", null, "crm", "contacts"),
                "FKCOLUMN_NAME"))
        .isNotEmpty();
  }

  @Test
  void every_listed_scalar_function_runs() throws SQLException {
    for (String call :
        List.of(
            "ABS(-1)",
            "ACOS(1)",
            "ASIN(1)",
            "ATAN(1)",
            "ATAN2(1, 1)",
            "CEILING(1.5)",
            "COS(1)",
            "COT(1)",
            "DEGREES(1)",
            "EXP(1)",
            "FLOOR(1.5)",
            "LOG10(10)",
            "MOD(5, 3)",
            "PI()",
            "POWER(2, 3)",
            "RADIANS(1)",
            "ROUND(1.5, 0)",
            "SIGN(-1)",
            "SIN(1)",
            "SQRT(4)",
            "TAN(1)",
            "TRUNCATE(1.55, 1)",
            "CHAR_LENGTH('a')",
            "CONCAT('a', 'b')",
            "LOWER('A')",
            "POSITION('a' IN 'ba')",
            "REPLACE('a', 'a', 'b')",
            "SUBSTRING('abc', 2)",
            "UPPER('a')",
            "COALESCE(NULL, 1)",
            "NULLIF(1, 2)",
            "CURRENT_DATE",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "EXTRACT(YEAR FROM CURRENT_DATE)",
            "TIMESTAMPADD(DAY, 1, CURRENT_TIMESTAMP)",
            "TIMESTAMPDIFF(DAY, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP)")) {
      try (ResultSet rows = connection.createStatement().executeQuery("SELECT " + call)) {
        assertThat(rows.next()).as(call).isTrue();
        assertThat(rows.getObject(1)).as(call).isNotNull();
      }
    }
  }

  @Test
  void what_the_engine_can_do_is_true() throws SQLException {
    assertThat(metadata.supportsFullOuterJoins()).isTrue();
    for (String statement :
        List.of(
            "SELECT a.x FROM (VALUES 1) AS a(x) FULL JOIN (VALUES 2) AS b(y) ON a.x = b.y",
            "SELECT x FROM (VALUES 1) AS a(x) WHERE x = ANY (VALUES 1)",
            "SELECT x FROM (VALUES 1) AS a(x) ORDER BY x + 1, -x",
            "SELECT x FROM (VALUES 1) AS a(x) UNION ALL VALUES 2",
            "SELECT x FROM (VALUES 'a_b') AS a(x) WHERE x LIKE 'a\\_b' ESCAPE '\\'")) {
      try (ResultSet rows = connection.createStatement().executeQuery(statement)) {
        assertThat(rows.next()).as(statement).isTrue();
      }
    }
    assertThat(metadata.getDriverVersion()).startsWith("0.1.0");
    assertThat(metadata.getDriverMajorVersion()).isZero();
    assertThat(metadata.getDriverMinorVersion()).isEqualTo(1);
    assertThat(metadata.isReadOnly()).isTrue();
    assertThat(metadata.nullsAreSortedLow()).isTrue();
  }
}
