package dev.quire.jdbcit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A program with nothing but the driver's jar: prints the first column of a statement's rows. */
final class Reader {
  private Reader() {}

  /**
   * @param arguments the URL and the statement
   */
  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0]);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(arguments[1])) {
      while (rows.next()) {
        System.out.println(rows.getString(1));
      }
    }
  }
}
