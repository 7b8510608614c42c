package dev.quire.it.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.BitSet;

/** The rows of {@link PagedRows} that are in an output. One thread at a time. */
public final class ExportedRows {
  private final BitSet ids = new BitSet();

  /** What a database answers to {@code SELECT id, amount FROM …}. */
  public static ExportedRows in(Connection connection, String from) throws SQLException {
    ExportedRows found = new ExportedRows();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, amount FROM " + from)) {
      while (rows.next()) {
        found.add(rows.getLong(1), rows.getString(2));
      }
    }
    return found;
  }

  /** One that is there twice, or has another amount than was sent, is a failure. */
  void add(long id, String amount) {
    assertThat(amount).isEqualTo(id + ".25");
    assertThat(ids.get((int) id)).as("row " + id + " is there twice").isFalse();
    ids.set((int) id);
  }

  /** The rows from 0 on, and no others. */
  public void requireAll(long rows) {
    assertThat(ids.cardinality()).as("rows").isEqualTo((int) rows);
    assertThat(ids.length()).as("the last row").isEqualTo((int) rows);
  }
}
