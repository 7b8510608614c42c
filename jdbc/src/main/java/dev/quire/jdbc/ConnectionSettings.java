package dev.quire.jdbc;

import dev.quire.chain.OnExceed;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.Durations;
import dev.quire.spi.Sizes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the statements of a connection are run, if they say nothing else. Immutable.
 *
 * @param shownUrl secrets masked
 * @param maxCalls the most requests for rows of a statement
 * @param maxBytes of those, after which no page is asked for
 */
record ConnectionSettings(
    String shownUrl,
    Optional<String> schema,
    long maxCalls,
    long maxBytes,
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
        maxBytes(keys),
        onExceed(keys),
        timeout(keys),
        choice(keys, DriverKeys.TYPES, "plain", "full").orElse("full").equals("plain")
            ? JdbcTypes.PLAIN
            : JdbcTypes.FULL);
  }

  private static Optional<OnExceed> onExceed(ConnectionKeys keys) throws SQLException {
    return choice(keys, DriverKeys.ON_EXCEED, "error", "partial", "wait")
        .map(each -> OnExceed.valueOf(each.toUpperCase(Locale.ROOT)));
  }

  private static long maxCalls(ConnectionKeys keys) throws SQLException {
    Optional<String> value = keys.find(DriverKeys.MAX_CALLS);
    if (value.isPresent() && !value.get().matches("[1-9][0-9]{0,17}")) {
      throw SqlErrors.configuration("'max_calls' must be a whole number from 1");
    }
    return value.map(Long::parseLong).orElse(StatementOptions.DEFAULT.maxCalls());
  }

  private static long maxBytes(ConnectionKeys keys) throws SQLException {
    Optional<String> value = keys.find(DriverKeys.MAX_BYTES);
    OptionalLong size = value.map(Sizes::parse).orElse(OptionalLong.of(Long.MAX_VALUE));
    if (size.isEmpty() || size.getAsLong() == 0) {
      throw SqlErrors.configuration("'max_bytes' must be a size such as 512KiB or 64MiB");
    }
    return size.getAsLong();
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

  private static Optional<String> choice(ConnectionKeys keys, String key, String... choices)
      throws SQLException {
    Optional<String> value = keys.find(key);
    if (value.isPresent() && !List.of(choices).contains(value.get())) {
      throw SqlErrors.configuration("'" + key + "' must be " + String.join(" or ", choices));
    }
    return value;
  }
}
