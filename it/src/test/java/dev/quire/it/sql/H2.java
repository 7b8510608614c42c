package dev.quire.it.sql;

import dev.quire.sample.SampleServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sample server's rows in H2, as a second opinion. One thread at a time.
 *
 * <p>All differences between the two dialects stand here, in {@link #DIALECT} and {@link
 * #SETTINGS}.
 */
final class H2 implements AutoCloseable {
  /** LIKE has no escape character unless it names one; days and moments meet in UTC. */
  private static final String SETTINGS = ";DEFAULT_ESCAPE=;TIME ZONE=UTC";

  private record Rule(Pattern pattern, String replacement) {
    static Rule of(String pattern, String replacement) {
      return new Rule(Pattern.compile(pattern), replacement);
    }
  }

  /**
   * H2 counts UTF-16 units where SQL counts characters, and its TIMESTAMPDIFF counts the boundaries
   * that are crossed, not whole units.
   */
  private static final List<Rule> DIALECT =
      List.of(
          Rule.of("CHAR_LENGTH\\(", "S.CHARACTERS("),
          Rule.of("SUBSTRING\\(", "S.PART("),
          Rule.of("POSITION\\(('(?:[^']|'')*') IN ", "S.PLACE($1, "),
          Rule.of("s\\.accounts\\.(\\w+)", "s.$1"),
          Rule.of("AVG\\(([\\w.\"]+)\\)", "CAST(AVG($1) AS DOUBLE PRECISION)"),
          Rule.of("FLOOR\\(([\\w.\"]+) TO (\\w+)\\)", "DATE_TRUNC($2, $1)"),
          Rule.of("TIMESTAMPDIFF\\((\\w+), ", "S.WHOLE('$1', "));

  private final Connection connection;

  private H2(Connection connection) {
    this.connection = connection;
  }

  static H2 open() throws SQLException {
    H2 h2 = new H2(DriverManager.getConnection("jdbc:h2:mem:" + SETTINGS));
    h2.execute("CREATE SCHEMA s");
    for (String function : List.of("characters", "part", "place", "whole")) {
      h2.execute(
          "CREATE ALIAS s.%s DETERMINISTIC FOR '%s.%s'"
              .formatted(function, H2Functions.class.getName(), function));
    }
    return h2;
  }

  /**
   * Copies an entity set, around all that Quire does.
   *
   * @param columns a name and an H2 type each
   */
  void load(SampleServer server, String entitySet, List<String> columns) throws SQLException {
    execute("CREATE TABLE s.%s (%s)".formatted(entitySet, String.join(", ", columns)));
    List<String> names = columns.stream().map(column -> column.split(" ", 2)[0]).toList();
    String places = "?" + ", ?".repeat(names.size() - 1);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO s.%s VALUES (%s)".formatted(entitySet, places))) {
      for (List<@Nullable Object> row : server.rows(entitySet, names)) {
        for (int i = 0; i < row.size(); i++) {
          insert.setObject(i + 1, row.get(i));
        }
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /** What accounts refer to, and what belongs to them, by joins. */
  void relate() throws SQLException {
    execute("ALTER TABLE s.accounts RENAME TO own_accounts");
    execute(
        "CREATE VIEW s.accounts AS SELECT a.*, c.fullname AS \"primarycontactid.fullname\","
            + " c.birthdate AS \"primarycontactid.birthdate\","
            + " c.statecode AS \"primarycontactid.statecode\" FROM s.own_accounts a"
            + " LEFT JOIN s.contacts c ON c.contactid = a._primarycontactid_value");
    execute(
        "CREATE VIEW s.contact_customer_accounts AS"
            + " SELECT c.*, c._parentcustomerid_value AS parent_accountid FROM s.contacts c"
            + " JOIN s.own_accounts a ON a.accountid = c._parentcustomerid_value");
  }

  List<List<@Nullable Object>> rows(String sql) throws SQLException {
    String text = sql;
    for (Rule rule : DIALECT) {
      text = rule.pattern().matcher(text).replaceAll(rule.replacement());
    }
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(text)) {
      ResultSetMetaData columns = result.getMetaData();
      List<List<@Nullable Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
          row.add(value(result, i, columns.getColumnType(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  private static @Nullable Object value(ResultSet result, int column, int type)
      throws SQLException {
    return switch (type) {
      case Types.DATE -> result.getObject(column, LocalDate.class);
      case Types.TIMESTAMP -> result.getObject(column, LocalDateTime.class);
      case Types.TIMESTAMP_WITH_TIMEZONE -> result.getObject(column, Instant.class);
      default -> result.getObject(column);
    };
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
