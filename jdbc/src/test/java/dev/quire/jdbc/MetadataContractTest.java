package dev.quire.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.sample.SampleOptions;
import dev.quire.sample.SampleServer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of {@link DatabaseMetaData} is called, as a tool does that looks at everything. The
 * columns are those of another team's driver (H2), the orders those of the documentation.
 */
class MetadataContractTest {
  private static final String FOREIGN_KEY =
      "FKTABLE_CAT,FKTABLE_SCHEM,FKTABLE_NAME,KEY_SEQ,FK_NAME";

  /** By which columns each result is ordered. */
  private static final Map<String, String> ORDERED_BY =
      Map.ofEntries(
          Map.entry("getTables", "TABLE_TYPE,TABLE_CAT,TABLE_SCHEM,TABLE_NAME"),
          Map.entry("getSchemas", "TABLE_CATALOG,TABLE_SCHEM"),
          Map.entry("getCatalogs", "TABLE_CAT"),
          Map.entry("getTableTypes", "TABLE_TYPE"),
          Map.entry("getColumns", "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,ORDINAL_POSITION"),
          Map.entry("getPseudoColumns", "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,COLUMN_NAME"),
          Map.entry("getPrimaryKeys", "COLUMN_NAME"),
          Map.entry("getBestRowIdentifier", "SCOPE"),
          Map.entry("getVersionColumns", ""),
          Map.entry("getImportedKeys", "PKTABLE_CAT,PKTABLE_SCHEM,PKTABLE_NAME,KEY_SEQ"),
          Map.entry("getExportedKeys", FOREIGN_KEY),
          Map.entry("getCrossReference", FOREIGN_KEY),
          Map.entry("getIndexInfo", "NON_UNIQUE,TYPE,INDEX_NAME,ORDINAL_POSITION"),
          Map.entry("getTypeInfo", "DATA_TYPE"),
          Map.entry("getTablePrivileges", "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,PRIVILEGE"),
          Map.entry("getColumnPrivileges", "COLUMN_NAME,PRIVILEGE"),
          Map.entry("getFunctions", "FUNCTION_CAT,FUNCTION_SCHEM,FUNCTION_NAME,SPECIFIC_NAME"),
          Map.entry(
              "getFunctionColumns", "FUNCTION_CAT,FUNCTION_SCHEM,FUNCTION_NAME,SPECIFIC_NAME"),
          Map.entry("getProcedures", "PROCEDURE_CAT,PROCEDURE_SCHEM,PROCEDURE_NAME,SPECIFIC_NAME"),
          Map.entry(
              "getProcedureColumns", "PROCEDURE_CAT,PROCEDURE_SCHEM,PROCEDURE_NAME,SPECIFIC_NAME"),
          Map.entry("getUDTs", "DATA_TYPE,TYPE_CAT,TYPE_SCHEM,TYPE_NAME"),
          Map.entry("getSuperTypes", ""),
          Map.entry("getSuperTables", ""),
          Map.entry("getAttributes", "TYPE_CAT,TYPE_SCHEM,TYPE_NAME,ORDINAL_POSITION"),
          Map.entry("getClientInfoProperties", "NAME"));

  private static SampleServer server;
  private static Connection connection;
  private static Connection theirs;

  @BeforeAll
  static void connect() throws SQLException {
    server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(10));
    connection =
        DriverManager.getConnection(
            "jdbc:quire:odata:source=crm;profile=dataverse;url=" + server.baseUrl());
    theirs = DriverManager.getConnection("jdbc:h2:mem:");
  }

  @AfterAll
  static void close() throws SQLException {
    theirs.close();
    connection.close();
    server.close();
    SharedEngines.OF_THE_DRIVER.closeIdle();
  }

  private static Stream<Method> methods() {
    return Arrays.stream(DatabaseMetaData.class.getMethods());
  }

  private static Stream<Method> listings() {
    return methods().filter(method -> method.getReturnType() == ResultSet.class);
  }

  @Test
  void every_method_has_an_answer() throws Exception {
    for (Method method : methods().toList()) {
      Object answer = call(method, connection.getMetaData());
      assertThat(answer).as(method.getName()).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("listings")
  void columns_are_those_of_another_driver(Method method) throws Exception {
    try (ResultSet ours = (ResultSet) call(method, connection.getMetaData());
        ResultSet expected = (ResultSet) call(method, theirs.getMetaData())) {
      List<String> columns = columns(ours.getMetaData());
      assertThat(columns).isEqualTo(columns(expected.getMetaData()).subList(0, columns.size()));
      assertThat(ours.getType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
    }
  }

  /** Names with what they are read as: text, a number, a truth. */
  private static List<String> columns(ResultSetMetaData metadata) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      String kind =
          switch (metadata.getColumnType(i)) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> metadata.getColumnTypeName(i);
            case Types.BOOLEAN -> "BOOLEAN";
            default -> "TEXT";
          };
      assertThat(metadata.getColumnLabel(i)).isEqualTo(metadata.getColumnName(i));
      columns.add(metadata.getColumnName(i) + " " + kind);
    }
    return columns;
  }

  @ParameterizedTest
  @MethodSource("listings")
  void rows_hold_what_their_columns_say_in_the_order_of_the_documentation(Method method)
      throws Exception {
    String by = ORDERED_BY.get(method.getName());
    assertThat(by).as("the order of " + method.getName()).isNotNull();
    List<String> order = by.isEmpty() ? List.of() : List.of(by.split(","));
    List<List<Object>> keys = new ArrayList<>();
    try (ResultSet rows = (ResultSet) call(method, connection.getMetaData())) {
      for (String column : order) {
        assertThat(rows.findColumn(column)).isPositive();
      }
      while (rows.next()) {
        checkValues(method.getName(), rows);
        keys.add(key(rows, order));
      }
    }
    assertThat(keys).isSortedAccordingTo(MetadataContractTest::compare);
  }

  private static void checkValues(String name, ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    for (int i = 1; i <= columns.getColumnCount(); i++) {
      Object value = rows.getObject(i);
      if (columns.isNullable(i) == ResultSetMetaData.columnNoNulls) {
        assertThat(value).as(name + "." + columns.getColumnName(i)).isNotNull();
      }
      if (value != null) {
        assertThat(value.getClass().getName()).isEqualTo(columns.getColumnClassName(i));
      }
    }
  }

  private static Object call(Method method, DatabaseMetaData metadata) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(MetadataContractTest::argument).toArray();
    if (method.getName().equals("unwrap") || method.getName().equals("isWrapperFor")) {
      arguments[0] = DatabaseMetaData.class;
    }
    if (theirs.getMetaData().getClass() == metadata.getClass()) {
      exactTable(method, arguments);
    }
    try {
      return method.invoke(metadata, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method + " threw " + e.getCause(), e);
    }
  }

  /** The other driver wants a name where only one table is meant. */
  private static void exactTable(Method method, Object[] arguments) {
    Class<?>[] types = method.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (types[i] == String.class) {
        arguments[i] = "X";
      }
    }
  }

  private static Object argument(Class<?> type) {
    return type == int.class ? 1 : type == boolean.class ? (Object) true : null;
  }

  private static List<Object> key(ResultSet rows, List<String> by) throws SQLException {
    List<Object> key = new ArrayList<>();
    for (String column : by) {
      Object value = rows.getObject(column);
      key.add(value == null ? "" : value);
    }
    return key;
  }

  @SuppressWarnings("unchecked")
  private static int compare(List<Object> a, List<Object> b) {
    for (int i = 0; i < a.size(); i++) {
      int difference = ((Comparable<Object>) a.get(i)).compareTo(b.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }
}
