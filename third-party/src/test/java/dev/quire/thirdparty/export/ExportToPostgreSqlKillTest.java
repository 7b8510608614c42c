package dev.quire.thirdparty.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.it.export.ExportedRows;
import dev.quire.it.export.KilledExport;
import dev.quire.it.export.PagedRows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command is killed at random moments while it exports into PostgreSQL, which runs on. */
@Timeout(3_600)
class ExportToPostgreSqlKillTest {
  @TempDir Path folder;

  private static List<Long> counts(PostgreSql server) {
    try (Connection connection = server.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT (SELECT count(*) FROM numbers), (SELECT count(*) FROM quire_checkpoint)")) {
      row.next();
      return List.of(row.getLong(1), row.getLong(2));
    } catch (SQLException notYetCreated) {
      return List.of();
    }
  }

  @Test
  void each_row_is_there_once_however_often_it_was_killed() throws Exception {
    try (PostgreSql server = PostgreSql.start();
        PagedRows api = new PagedRows(KilledExport.ROWS, KilledExport.SEED, 0)) {
      List<String> arguments =
          List.of(
              "SELECT id, name, amount FROM api.rows", "--to", server.url(), "--table", "numbers");
      List<Long> whole = List.of(KilledExport.ROWS, 0L);
      new KilledExport(folder, api, arguments, () -> counts(server).equals(whole)).run();
      try (Connection connection = server.connect()) {
        ExportedRows.in(connection, "numbers").requireAll(KilledExport.ROWS);
      }
      assertThat(counts(server)).isEqualTo(whole);
    }
  }
}
