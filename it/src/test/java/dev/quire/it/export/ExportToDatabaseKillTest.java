package dev.quire.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** As {@link ExportKillTest}, with a table of H2, which runs on while its client is killed. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(3_600)
class ExportToDatabaseKillTest {
  @TempDir Path folder;
  private Server server;

  @BeforeEach
  void start() throws SQLException {
    System.setProperty("h2.bindAddress", "127.0.0.1");
    String base = folder.resolve("h2").toString();
    server =
        Server.createTcpServer("-tcpPort", "0", "-baseDir", base, "-ifNotExists", "-tcpDaemon")
            .start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  private String url() {
    return "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/./rows";
  }

  private List<Long> counts() {
    try (Connection connection = DriverManager.getConnection(url());
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT COUNT(*) FROM numbers), (SELECT COUNT(*) FROM quire_checkpoint)")) {
      row.next();
      return List.of(row.getLong(1), row.getLong(2));
    } catch (SQLException notYetCreated) {
      return List.of();
    }
  }

  @Test
  void each_row_is_there_once_however_often_it_was_killed() throws Exception {
    List<String> arguments =
        List.of("SELECT id, name, amount FROM api.rows", "--to", url(), "--table", "numbers");
    try (PagedRows api = new PagedRows(KilledExport.ROWS, KilledExport.SEED, 0)) {
      new KilledExport(
              folder, api, arguments, () -> counts().equals(List.of(KilledExport.ROWS, 0L)))
          .run();
    }
    try (Connection connection = DriverManager.getConnection(url())) {
      ExportedRows.in(connection, "(SELECT \"id\" AS id, \"amount\" AS amount FROM numbers)")
          .requireAll(KilledExport.ROWS);
    }
    assertThat(counts()).containsExactly(KilledExport.ROWS, 0L);
  }
}
