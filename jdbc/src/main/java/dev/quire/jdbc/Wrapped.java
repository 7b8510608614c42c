package dev.quire.jdbc;

import java.sql.SQLException;

/** What {@link java.sql.Wrapper} asks for, of objects that wrap nothing but themselves. */
final class Wrapped {
  private Wrapped() {}

  static <T> T as(Object object, Class<T> type) throws SQLException {
    if (type.isInstance(object)) {
      return type.cast(object);
    }
    throw SqlErrors.wrongArgument("this is no " + type.getName());
  }
}
