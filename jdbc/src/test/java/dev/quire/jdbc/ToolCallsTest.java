package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls that DBeaver and SQuirreL make of a driver which they do not know. */
class ToolCallsTest {
  private final SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(300));
  private Connection connection;
  private DatabaseMetaData metadata;

  @BeforeEach
  void connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("user", "");
    properties.put("password", "");
    connection =
        DriverManager.getConnection(
            "jdbc:quire:odata:source=crm;profile=dataverse;url=" + server.baseUrl(), properties);
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
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(name));
      }
    }
    return values;
  }

  /** What its generic driver asks when a connection opens. */
  private void open() throws SQLException {
    connection.setReadOnly(true);
    connection.setAutoCommit(true);
    assertThat(connection.isValid(5)).isTrue();
    assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_NONE);
    assertThat(connection.getCatalog()).isNull();
    assertThat(connection.getSchema()).isEqualTo("crm");
    assertThat(metadata.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metadata.getSearchStringEscape()).isEqualTo("\\");
    assertThat(metadata.supportsCatalogsInDataManipulation()).isFalse();
    assertThat(metadata.supportsSchemasInDataManipulation()).isTrue();
    assertThat(metadata.storesMixedCaseIdentifiers()).isTrue();
    assertThat(metadata.getUserName()).isNotNull();
    assertThat(column(metadata.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(column(metadata.getTableTypes(), "TABLE_TYPE")).contains("TABLE");
    assertThat(column(metadata.getTypeInfo(), "TYPE_NAME")).contains("VARCHAR", "DECIMAL");
  }

  @Test
  void dbeaver_opens_its_tree_and_a_table_with_one_request_for_metadata() throws SQLException {
    open();
    for (String schema : column(metadata.getSchemas(), "TABLE_SCHEM")) {
      assertThat(column(metadata.getProcedures(null, schema, "%"), "PROCEDURE_NAME")).isEmpty();
      for (String table : column(metadata.getTables(null, schema, "%", null), "TABLE_NAME")) {
        openTable(schema, table.replace("_", "\\_"), table);
      }
    }
    assertThat(column(metadata.getColumns(null, "crm", "%", "%"), "COLUMN_NAME"))
        .contains("accountid", "contactid");
    assertThat(server.requests())
        .filteredOn(request -> request.target().contains("$metadata"))
        .hasSize(1);
  }

  private void openTable(String schema, String pattern, String table) throws SQLException {
    List<String> columns = column(metadata.getColumns(null, schema, pattern, "%"), "COLUMN_NAME");
    assertThat(columns).as(schema + "." + table).isNotEmpty().doesNotHaveDuplicates();
    assertThat(columns)
        .containsAll(column(metadata.getPrimaryKeys(null, schema, table), "COLUMN_NAME"))
        .containsAll(column(metadata.getImportedKeys(null, schema, table), "FKCOLUMN_NAME"));
    for (String referring : column(metadata.getExportedKeys(null, schema, table), "FKTABLE_NAME")) {
      assertThat(column(metadata.getTables(null, schema, referring, null), "TABLE_NAME"))
          .contains(referring);
    }
    assertThat(column(metadata.getIndexInfo(null, schema, table, false, true), "INDEX_NAME"))
        .isEmpty();
  }

  @Test
  void dbeaver_shows_a_page_of_rows_and_counts_them() throws SQLException {
    try (Statement statement =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setEscapeProcessing(false);
      statement.setFetchSize(200);
      statement.setMaxRows(200);
      assertThat(statement.execute("SELECT x.* FROM crm.accounts x")).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        check(rows.getMetaData());
        int read = 0;
        while (rows.next()) {
          rows.getObject(1);
          read++;
        }
        assertThat(read).isEqualTo(200);
      }
      assertThat(statement.getMoreResults()).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(-1);
      assertThat((Throwable) statement.getWarnings()).isNull();
      try (ResultSet rows =
          statement.executeQuery("SELECT COUNT(*) FROM (SELECT x.* FROM crm.accounts x) dbvrcnt")) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getLong(1)).isEqualTo(300);
      }
    }
  }

  private static void check(ResultSetMetaData columns) throws SQLException {
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      assertThat(columns.getColumnLabel(i)).isNotBlank();
      assertThat(columns.getColumnTypeName(i)).isNotBlank();
      assertThat(columns.getColumnClassName(i)).isNotBlank();
      assertThat(columns.getCatalogName(i)).isEmpty();
      assertThat(columns.getSchemaName(i)).isNotNull();
      assertThat(columns.getTableName(i)).isNotNull();
      assertThat(columns.getPrecision(i)).isNotNegative();
      assertThat(columns.getScale(i)).isNotNegative();
      assertThat(columns.getColumnDisplaySize(i)).isPositive();
      assertThat(columns.isReadOnly(i)).isTrue();
      assertThat(columns.isWritable(i)).isFalse();
      assertThat(columns.isAutoIncrement(i)).isFalse();
    }
  }

  /** It asks for what it can show, and takes a refusal of what a driver lacks. */
  @Test
  void squirrel_reads_its_object_tree_and_contents() throws SQLException {
    assertThat(metadata.getSchemaTerm()).isNotBlank();
    assertThat(metadata.getDatabaseProductName()).isEqualTo("Quire");
    for (String list :
        List.of(
            metadata.getNumericFunctions(),
            metadata.getStringFunctions(),
            metadata.getSystemFunctions(),
            metadata.getTimeDateFunctions(),
            metadata.getSQLKeywords())) {
      assertThat(list.split(",")).isNotEmpty().allMatch(name -> name.matches("[A-Z0-9_]+"));
    }
    String[] types = column(metadata.getTableTypes(), "TABLE_TYPE").toArray(String[]::new);
    assertThat(column(metadata.getTables(null, "crm", "%", types), "TABLE_NAME"))
        .contains("accounts");
    assertThat(column(metadata.getUDTs(null, "crm", "%", null), "TYPE_NAME")).isEmpty();
    assertThat(column(metadata.getVersionColumns(null, "crm", "accounts"), "COLUMN_NAME"))
        .isEmpty();
    assertThat(column(metadata.getColumnPrivileges(null, "crm", "accounts", "%"), "PRIVILEGE"))
        .isEmpty();
    try (Statement statement = connection.createStatement()) {
      statement.setMaxRows(100);
      try (ResultSet rows = statement.executeQuery("select tbl.* from \"crm\".\"accounts\" tbl")) {
        assertThat(rows.next()).isTrue();
        refused(() -> rows.updateString(1, "x"));
        refused(rows::beforeFirst);
      }
      refused(() -> statement.executeUpdate("UPDATE crm.accounts SET name = 'x'"));
    }
  }

  /** Something that a driver may refuse. */
  private interface Call {
    void run() throws SQLException;
  }

  private static void refused(Call call) {
    try {
      call.run();
    } catch (SQLFeatureNotSupportedException expected) {
      return;
    } catch (SQLException e) {
      throw new AssertionError("refused in another way", e);
    }
    throw new AssertionError("it was not refused");
  }
}
