package dev.quire.thirdparty;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.apache.calcite.adapter.jdbc.JdbcSchema;
import org.apache.calcite.jdbc.CalciteConnection;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.commons.dbutils.QueryRunner;
import org.apache.commons.dbutils.handlers.ArrayListHandler;
import org.jooq.impl.DSL;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import sqlline.SqlLine;

/** A JDBC client of another team: reads a statement's rows, each value as its text. */
enum Client {
  HIKARI {
    @Override
    List<List<String>> read(Place place, String sql) throws SQLException {
      HikariConfig config = new HikariConfig();
      config.setDataSource(place.source());
      config.setMaximumPoolSize(2);
      config.setReadOnly(true);
      try (HikariDataSource pool = new HikariDataSource(config);
          Connection connection = pool.getConnection()) {
        return rows(connection, sql);
      }
    }
  },
  SPRING_JDBC_TEMPLATE {
    @Override
    List<List<String>> read(Place place, String sql) {
      JdbcTemplate template = new JdbcTemplate(place.source());
      template.setFetchSize(150);
      return template.queryForList(sql).stream().map(row -> texts(row.values().toArray())).toList();
    }
  },
  SPRING_JDBC_CLIENT {
    @Override
    List<List<String>> read(Place place, String sql) {
      return JdbcClient.create(place.source()).sql(sql).query(new ColumnMapRowMapper()).stream()
          .map(row -> texts(row.values().toArray()))
          .toList();
    }
  },
  JOOQ {
    @Override
    List<List<String>> read(Place place, String sql) throws SQLException {
      try (Connection connection = place.source().getConnection()) {
        return DSL.using(connection).fetch(sql).map(row -> texts(row.intoArray()));
      }
    }
  },
  DB_UTILS {
    @Override
    List<List<String>> read(Place place, String sql) throws SQLException {
      return new QueryRunner(place.source())
          .query(sql, new ArrayListHandler()).stream().map(Client::texts).toList();
    }
  },
  /** Shows a text that is NULL as an empty one, and a number as null. */
  SQLLINE {
    @Override
    List<List<String>> read(Place place, String sql) throws IOException {
      ByteArrayOutputStream screen = new ByteArrayOutputStream();
      PrintStream out = new PrintStream(screen, true, StandardCharsets.UTF_8);
      SqlLine shell = new SqlLine();
      shell.setOutputStream(out);
      shell.setErrorStream(out);
      String script = sql + ";\n!quit\n";
      shell.begin(
          new String[] {
            "-u", place.url(), "-n", "", "-p", "", "--silent=true", "--outputformat=csv"
          },
          new ByteArrayInputStream(script.getBytes(StandardCharsets.UTF_8)),
          false);
      return screen
          .toString(StandardCharsets.UTF_8)
          .lines()
          .filter(
              line -> line.startsWith("'") && !line.startsWith("'id'") && !line.startsWith("'Id'"))
          .map(line -> line.substring(1, line.length() - 1).split("','", -1))
          .map(row -> Arrays.stream(row).map(value -> value.isEmpty() ? "null" : value).toList())
          .toList();
    }
  },
  CALCITE {
    @Override
    List<List<String>> read(Place place, String sql) throws SQLException {
      try (Connection connection = DriverManager.getConnection("jdbc:calcite:lex=JAVA")) {
        SchemaPlus parent = connection.unwrap(CalciteConnection.class).getRootSchema();
        String[] path = place.schema().split("\\.");
        for (int i = 0; i + 1 < path.length; i++) {
          parent = parent.add(path[i], new AbstractSchema());
        }
        String name = path[path.length - 1];
        parent.add(name, JdbcSchema.create(parent, name, place.source(), null, place.schema()));
        return rows(connection, sql);
      }
    }
  };

  /**
   * What a client reads from.
   *
   * @param url the same for {@link DriverManager}
   * @param schema of the tables that are read
   */
  record Place(DataSource source, String url, String schema) {}

  abstract List<List<String>> read(Place place, String sql) throws Exception;

  private static List<List<String>> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<String>> all = new ArrayList<>();
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        Object[] row = new Object[columns];
        for (int i = 0; i < columns; i++) {
          row[i] = rows.getObject(i + 1);
        }
        all.add(texts(row));
      }
      return all;
    }
  }

  private static List<String> texts(Object[] row) {
    return Arrays.stream(row).map(String::valueOf).toList();
  }
}
