package dev.quire.jdbc;

import dev.quire.engine.StatementOptions;
import dev.quire.engine.StatementOptions.OnExceed;
import dev.quire.spi.Durations;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/**
 * How the statements of a connection are run, if they say nothing else. Immutable.
 *
 * @param shownUrl secrets masked
 * @param maxCalls the most requests for rows of a statement
 */
record ConnectionSettings(
    String shownUrl,
    Optional<String> schema,
    long maxCalls,
    Optional<OnExceed> onExceed,
    Optional<Duration> queryTimeout,
    JdbcTypes types) {

  /**
   * @throws SQLException CONFIGURATION for a value that cannot be read
   */
  static ConnectionSettings of(ConnectionKeys keys) throws SQLException {
    return new ConnectionSettings(
        keys.shownUrl(),
        keys.find(DriverKeys.SCHEMA),
        maxCalls(keys),
        onExceed(keys),
        timeout(keys),
        choice(keys, DriverKeys.TYPES, "plain", "full").orElse("full").equals("plain")
            ? JdbcTypes.PLAIN
            : JdbcTypes.FULL);
  }

  private static Optional<OnExceed> onExceed(ConnectionKeys keys) throws SQLException {
    return choice(keys, DriverKeys.ON_EXCEED, "error", "partial")
        .map(each -> each.equals("partial") ? OnExceed.PARTIAL : OnExceed.ERROR);
  }

  private static long maxCalls(ConnectionKeys keys) throws SQLException {
    Optional<String> value = keys.find(DriverKeys.MAX_CALLS);
    if (value.isPresent() && !value.get().matches("[1-9][0-9]{0,17}")) {
      throw SqlErrors.configuration("'max_calls' must be a whole number from 1");
    }
    return value.map(Long::parseLong).orElse(StatementOptions.DEFAULT.maxCalls());
  }

  private static Optional<Duration> timeout(ConnectionKeys keys) throws SQLException {
    Optional<String> value = keys.find(DriverKeys.QUERY_TIMEOUT);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    Optional<Duration> time = Durations.parse(value.get());
    if (time.isEmpty()) {
      throw SqlErrors.configuration("'query_timeout' must be a time such as 30s or 5m");
    }
    return time;
  }

  private static Optional<String> choice(ConnectionKeys keys, String key, String one, String other)
      throws SQLException {
    Optional<String> value = keys.find(key);
    if (value.isPresent() && !value.get().equals(one) && !value.get().equals(other)) {
      throw SqlErrors.configuration("'" + key + "' must be " + one + " or " + other);
    }
    return value;
  }
}
