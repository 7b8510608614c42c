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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every method of {@link DatabaseMetaData} is called, as a tool does that looks at everything. */
class MetadataContractTest {
  /** The first columns of each result, and by which of them it is ordered. */
  private static final Map<String, String> ORDERED_BY = new LinkedHashMap<>();

  static {
    ORDERED_BY.put("getTables", "TABLE_TYPE,TABLE_CAT,TABLE_SCHEM,TABLE_NAME");
    ORDERED_BY.put("getSchemas", "TABLE_CATALOG,TABLE_SCHEM");
    ORDERED_BY.put("getCatalogs", "TABLE_CAT");
    ORDERED_BY.put("getTableTypes", "TABLE_TYPE");
    ORDERED_BY.put("getColumns", "TABLE_CAT,TABLE_SCHEM,TABLE_NAME,ORDINAL_POSITION");
    ORDERED_BY.put("getPrimaryKeys", "COLUMN_NAME");
    ORDERED_BY.put("getImportedKeys", "PKTABLE_CAT,PKTABLE_SCHEM,PKTABLE_NAME");
    ORDERED_BY.put("getExportedKeys", "FKTABLE_CAT,FKTABLE_SCHEM,FKTABLE_NAME");
    ORDERED_BY.put("getCrossReference", "FKTABLE_CAT,FKTABLE_SCHEM,FKTABLE_NAME");
    ORDERED_BY.put("getTypeInfo", "DATA_TYPE");
    ORDERED_BY.put("getFunctions", "FUNCTION_CAT,FUNCTION_SCHEM,FUNCTION_NAME,SPECIFIC_NAME");
  }

  @Test
  void every_method_answers_as_the_contract_has_it() throws Exception {
    try (SampleServer server = SampleServer.start(SampleOptions.DEFAULT.withAccounts(10));
        Connection connection =
            DriverManager.getConnection(
                "jdbc:quire:odata:source=crm;profile=dataverse;url=" + server.baseUrl())) {
      int results = 0;
      for (Method method : DatabaseMetaData.class.getMethods()) {
        Object answer = call(method, connection.getMetaData());
        if (answer instanceof ResultSet rows) {
          results++;
          checkRows(method.getName(), rows);
          rows.close();
        } else if (!method.getReturnType().isPrimitive()) {
          assertThat(answer).as(method.getName()).isNotNull();
        }
      }
      assertThat(results).isGreaterThanOrEqualTo(24);
    }
  }

  private static Object call(Method method, DatabaseMetaData metadata) throws Exception {
    Object[] arguments =
        Arrays.stream(method.getParameterTypes()).map(MetadataContractTest::argument).toArray();
    if (method.getName().equals("unwrap") || method.getName().equals("isWrapperFor")) {
      arguments[0] = DatabaseMetaData.class;
    }
    try {
      return method.invoke(metadata, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method + " threw " + e.getCause(), e);
    }
  }

  private static Object argument(Class<?> type) {
    return type == int.class ? 1 : type == boolean.class ? (Object) true : null;
  }

  private static void checkRows(String name, ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    List<String> order = new ArrayList<>();
    String by = ORDERED_BY.getOrDefault(name, "");
    List<String> before = List.of();
    while (rows.next()) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = rows.getObject(i);
        if (columns.isNullable(i) == ResultSetMetaData.columnNoNulls) {
          assertThat(value).as(name + "." + columns.getColumnName(i)).isNotNull();
        }
        if (value != null) {
          assertThat(value.getClass().getName()).isEqualTo(columns.getColumnClassName(i));
        }
      }
      if (!by.isEmpty()) {
        order = key(rows, by);
        assertThat(compare(before, order)).as(name + ": " + before + ", " + order).isNotPositive();
        before = order;
      }
    }
    for (String column : by.isEmpty() ? new String[0] : by.split(",")) {
      assertThat(rows.findColumn(column)).isPositive();
    }
  }

  private static List<String> key(ResultSet rows, String by) throws SQLException {
    List<String> key = new ArrayList<>();
    for (String column : by.split(",")) {
      Object value = rows.getObject(column);
      key.add(
          value instanceof Integer number
              ? String.format(java.util.Locale.ROOT, "%012d", number + 100_000L)
              : String.valueOf(value));
    }
    return key;
  }

  private static int compare(List<String> a, List<String> b) {
    for (int i = 0; i < a.size(); i++) {
      int difference = a.get(i).compareTo(b.get(i));
      if (difference != 0) {
        return difference;
      }
    }
    return a.isEmpty() ? -1 : 0;
  }

  @Test
  void the_columns_are_those_of_the_documentation() {
    Map<MetadataShape, Integer> counts =
        Map.ofEntries(
            Map.entry(MetadataShape.TABLES, 10),
            Map.entry(MetadataShape.COLUMNS, 24),
            Map.entry(MetadataShape.PSEUDO_COLUMNS, 12),
            Map.entry(MetadataShape.PRIMARY_KEYS, 6),
            Map.entry(MetadataShape.FOREIGN_KEYS, 14),
            Map.entry(MetadataShape.ROW_IDENTIFIERS, 8),
            Map.entry(MetadataShape.INDEXES, 13),
            Map.entry(MetadataShape.TYPES, 18),
            Map.entry(MetadataShape.TABLE_PRIVILEGES, 7),
            Map.entry(MetadataShape.COLUMN_PRIVILEGES, 8),
            Map.entry(MetadataShape.FUNCTIONS, 6),
            Map.entry(MetadataShape.FUNCTION_COLUMNS, 17),
            Map.entry(MetadataShape.PROCEDURES, 9),
            Map.entry(MetadataShape.PROCEDURE_COLUMNS, 20),
            Map.entry(MetadataShape.USER_TYPES, 7),
            Map.entry(MetadataShape.SUPER_TYPES, 6),
            Map.entry(MetadataShape.SUPER_TABLES, 4),
            Map.entry(MetadataShape.ATTRIBUTES, 21),
            Map.entry(MetadataShape.CLIENT_INFO, 4),
            Map.entry(MetadataShape.SCHEMAS, 2),
            Map.entry(MetadataShape.CATALOGS, 1),
            Map.entry(MetadataShape.TABLE_TYPES, 1));
    for (MetadataShape shape : MetadataShape.values()) {
      assertThat(shape.columns()).as(shape.name()).hasSize(counts.get(shape));
    }
  }
}
