package dev.quire.export.jdbc;

import dev.quire.engine.ResultColumn;
import dev.quire.spi.DataType.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Inserts rows in batches. One thread at a time. */
final class RowInsert implements AutoCloseable {
  private static final int BATCH = 1_000;

  private final TableTypes types;
  private final List<ResultColumn> columns;
  private final PreparedStatement insert;
  private int waiting;

  /**
   * @param names of the table's columns, quoted
   */
  RowInsert(
      Connection connection,
      TableTypes types,
      String table,
      List<String> names,
      List<ResultColumn> columns)
      throws SQLException {
    this.types = types;
    this.columns = columns;
    String places = String.join(", ", Collections.nCopies(names.size(), "?"));
    this.insert =
        connection.prepareStatement(
            "INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES (" + places + ")");
  }

  void add(@Nullable Object[] row) throws SQLException {
    for (int i = 0; i < row.length; i++) {
      set(i + 1, row[i], columns.get(i).type().kind());
    }
    insert.addBatch();
    if (++waiting == BATCH) {
      flush();
    }
  }

  private void set(int place, @Nullable Object value, Kind kind) throws SQLException {
    if (value == null) {
      insert.setNull(place, nullType(kind));
    } else if (value instanceof Instant moment) {
      setMoment(place, moment);
    } else if (value instanceof UUID && !types.takesUuids()) {
      insert.setString(place, value.toString());
    } else if (value instanceof byte[] bytes) {
      insert.setBytes(place, bytes);
    } else if (kind == Kind.JSON && types == TableTypes.POSTGRESQL) {
      insert.setObject(place, value, Types.OTHER);
    } else if (value instanceof String text) {
      insert.setString(place, text);
    } else {
      insert.setObject(place, value);
    }
  }

  /** MySQL's moments are without a zone here: in UTC. */
  private void setMoment(int place, Instant moment) throws SQLException {
    if (types == TableTypes.MYSQL || types == TableTypes.MARIADB) {
      insert.setObject(place, LocalDateTime.ofInstant(moment, ZoneOffset.UTC));
    } else {
      insert.setObject(place, moment.atOffset(ZoneOffset.UTC));
    }
  }

  private int nullType(Kind kind) {
    return switch (kind) {
      case BOOLEAN -> Types.BOOLEAN;
      case SMALLINT -> Types.SMALLINT;
      case INTEGER -> Types.INTEGER;
      case BIGINT -> Types.BIGINT;
      case REAL -> Types.REAL;
      case DOUBLE -> Types.DOUBLE;
      case DECIMAL -> Types.NUMERIC;
      case VARCHAR -> Types.VARCHAR;
      case JSON -> types == TableTypes.POSTGRESQL ? Types.OTHER : Types.VARCHAR;
      case VARBINARY -> Types.VARBINARY;
      case DATE -> Types.DATE;
      case TIME -> Types.TIME;
      case TIMESTAMP -> Types.TIMESTAMP;
      case TIMESTAMP_TZ ->
          types == TableTypes.MYSQL ? Types.TIMESTAMP : Types.TIMESTAMP_WITH_TIMEZONE;
      case UUID -> types.takesUuids() ? Types.OTHER : Types.VARCHAR;
    };
  }

  void flush() throws SQLException {
    if (waiting > 0) {
      insert.executeBatch();
      waiting = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
