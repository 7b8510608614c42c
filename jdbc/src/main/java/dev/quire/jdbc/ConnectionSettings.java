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
 * @param options what the keys of the driver say of statements
 */
record ConnectionSettings(
    String shownUrl,
    Optional<String> schema,
    StatementOptions options,
    Optional<Duration> queryTimeout,
    JdbcTypes types) {
  private static final long MOST_CHAINS = 64;

  /**
   * @throws SQLException CONFIGURATION for a value that cannot be read
   */
  static ConnectionSettings of(ConnectionKeys keys) throws SQLException {
    return new ConnectionSettings(
        keys.shownUrl(),
        keys.find(DriverKeys.SCHEMA),
        options(keys),
        time(keys, DriverKeys.QUERY_TIMEOUT),
        choice(keys, DriverKeys.TYPES, "plain", "full").orElse("full").equals("plain")
            ? JdbcTypes.PLAIN
            : JdbcTypes.FULL);
  }

  private static StatementOptions options(ConnectionKeys keys) throws SQLException {
    StatementOptions options =
        StatementOptions.DEFAULT.withStrict(
            choice(keys, DriverKeys.STRICT, "true", "false").orElse("false").equals("true"));
    OptionalLong calls = count(keys, DriverKeys.MAX_CALLS);
    if (calls.isPresent()) {
      options = options.withMaxCalls(calls.getAsLong());
    }
    OptionalLong bytes = size(keys, DriverKeys.MAX_BYTES);
    if (bytes.isPresent()) {
      options = options.withMaxBytes(bytes.getAsLong());
    }
    OptionalLong rows = count(keys, DriverKeys.MAX_ROWS);
    if (rows.isPresent()) {
      options = options.withRowBudget(rows.getAsLong());
    }
    return manner(keys, options);
  }

  private static StatementOptions manner(ConnectionKeys keys, StatementOptions given)
      throws SQLException {
    StatementOptions options = given;
    Optional<Duration> deadline = time(keys, DriverKeys.DEADLINE);
    if (deadline.isPresent()) {
      options = options.withDeadline(deadline.get());
    }
    OptionalLong chains = count(keys, DriverKeys.PARALLEL);
    if (chains.isPresent()) {
      options = options.withParallel((int) Math.min(MOST_CHAINS, chains.getAsLong()));
    }
    Optional<String> onExceed = choice(keys, DriverKeys.ON_EXCEED, "error", "partial", "wait");
    return onExceed.isPresent()
        ? options.withOnExceed(OnExceed.valueOf(onExceed.get().toUpperCase(Locale.ROOT)))
        : options;
  }

  private static OptionalLong count(ConnectionKeys keys, String key) throws SQLException {
    Optional<String> value = keys.find(key);
    if (value.isPresent() && !value.get().matches("[1-9][0-9]{0,17}")) {
      throw SqlErrors.configuration("'" + key + "' must be a whole number from 1");
    }
    return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(value.get()));
  }

  private static OptionalLong size(ConnectionKeys keys, String key) throws SQLException {
    Optional<String> value = keys.find(key);
    OptionalLong size = value.map(Sizes::parse).orElse(OptionalLong.empty());
    if (value.isPresent() && (size.isEmpty() || size.getAsLong() == 0)) {
      throw SqlErrors.configuration("'" + key + "' must be a size such as 512KiB or 64MiB");
    }
    return size;
  }

  private static Optional<Duration> time(ConnectionKeys keys, String key) throws SQLException {
    Optional<String> value = keys.find(key);
    Optional<Duration> time = value.flatMap(Durations::parse);
    if (value.isPresent() && time.isEmpty()) {
      throw SqlErrors.configuration("'" + key + "' must be a time such as 30s or 5m");
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
