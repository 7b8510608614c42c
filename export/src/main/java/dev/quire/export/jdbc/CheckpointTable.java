package dev.quire.export.jdbc;

import dev.quire.export.CheckpointText;
import dev.quire.export.ExportCheckpoint;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Checkpoints as rows of a table beside the tables that they speak of, written in the transactions
 * of their rows. Each has a number that a writer must know to replace it, so that of two processes
 * on one the second is refused, together with its rows. One thread at a time.
 */
final class CheckpointTable {
  /** The class of SQLSTATEs of keys that are there twice. */
  private static final String ALREADY_THERE = "23";

  private final Connection connection;
  private final TableTypes types;
  private final String name;
  private final String target;
  private long version;

  /**
   * @param name of this table
   * @param target the table that rows go to
   */
  CheckpointTable(Connection connection, TableTypes types, String name, String target) {
    this.connection = connection;
    this.types = types;
    this.name = name;
    this.target = target;
  }

  Optional<ExportCheckpoint> read() throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT version, checkpoint FROM " + name + " WHERE target = ?")) {
      select.setString(1, target);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        version = row.getLong(1);
        return Optional.of(CheckpointText.parse(row.getString(2), name));
      }
    } catch (SQLException e) {
      connection.rollback();
      if (exists()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean exists() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeQuery("SELECT target FROM " + name + " WHERE 1 = 0").close();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      return false;
    }
  }

  void createIfMissing() throws SQLException {
    if (exists()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE "
              + name
              + " (target "
              + types.key()
              + " NOT NULL PRIMARY KEY, version "
              + types.number()
              + " NOT NULL, checkpoint "
              + types.text()
              + " NOT NULL)");
    }
  }

  /** Puts a checkpoint in the place of the one that was read or written last. */
  void write(ExportCheckpoint checkpoint) throws SQLException {
    String sql =
        version == 0
            ? "INSERT INTO " + name + " (version, checkpoint, target) VALUES (?, ?, ?)"
            : "UPDATE "
                + name
                + " SET version = ?, checkpoint = ? WHERE target = ? AND version = ?";
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      change.setLong(1, version + 1);
      change.setString(2, CheckpointText.of(checkpoint));
      change.setString(3, target);
      if (version > 0) {
        change.setLong(4, version);
      }
      if (change.executeUpdate() != 1) {
        throw taken();
      }
    } catch (SQLException e) {
      if (String.valueOf(e.getSQLState()).startsWith(ALREADY_THERE)) {
        throw taken();
      }
      throw e;
    }
    version++;
  }

  /** Deletes the one that was read or written last, if there is one. */
  void delete() throws SQLException {
    if (version == 0) {
      return;
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + name + " WHERE target = ? AND version = ?")) {
      delete.setString(1, target);
      delete.setLong(2, version);
      if (delete.executeUpdate() != 1) {
        throw taken();
      }
    }
    version = 0;
  }

  private SourceException taken() {
    return new SourceException(
            ErrorKind.CONFIGURATION, "another process is writing to " + target + " now")
        .withHint(
            "Wait for it or stop it; none of the rows of this one since its last commit is there.");
  }
}
