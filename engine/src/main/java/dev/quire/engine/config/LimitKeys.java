package dev.quire.engine.config;

import dev.quire.chain.Budget;
import dev.quire.chain.OnExceed;
import dev.quire.spi.Durations;
import dev.quire.spi.Property;
import dev.quire.spi.Property.Kind;
import dev.quire.spi.Sizes;
import dev.quire.spi.SourceConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The keys of the sections {@code limits}: their only home. */
final class LimitKeys {
  static final String PREFIX = "limits.";
  static final String STATE_FOLDER = "state_folder";
  private static final String CALLS = "calls";
  private static final String BYTES = "bytes";
  private static final String ROWS = "rows";
  private static final String TIME = "time";
  private static final String CALLS_PER_DAY = "calls_per_day";
  private static final String BYTES_PER_DAY = "bytes_per_day";
  private static final String ON_EXCEED = "on_exceed";

  /** Of the file's own section. */
  static final List<Property> OF_ALL =
      List.of(
          key(
              CALLS,
              Kind.INTEGER,
              "The most requests for rows that a statement may make, retries included. Without it"
                  + " there is no limit."),
          key(BYTES, Kind.TEXT, "No further page once so much has come, for example 200MiB."),
          key(
              ROWS,
              Kind.INTEGER,
              "The most rows of a result; unlike LIMIT, a statement that would give more says so."),
          key(TIME, Kind.DURATION, "The most time of a statement."),
          key(
              CALLS_PER_DAY,
              Kind.INTEGER,
              "The most requests for rows of a day, of all statements and processes with this"
                  + " configuration file."),
          key(BYTES_PER_DAY, Kind.TEXT, "No further page once so much has come on a day."),
          Property.choice(
                  PREFIX + ON_EXCEED,
                  List.of("error", "partial", "wait"),
                  "What a statement does then: fail, end with the rows so far, or wait for the next"
                      + " day (else fail).")
              .withDefault("error"),
          key(
              STATE_FOLDER,
              Kind.TEXT,
              "The folder that keeps what a day has cost. Default: quire in $XDG_STATE_HOME,"
                  + " %LOCALAPPDATA% or ~/.local/state."));

  /** Of a source's section. */
  static final List<Property> OF_SOURCE =
      List.of(
          key(CALLS, Kind.INTEGER, "The most requests for rows that a statement may make to it."),
          key(BYTES, Kind.TEXT, "No further page from it once so much has come."),
          key(
              ROWS,
              Kind.INTEGER,
              "No further page from it once a statement has read so many rows."),
          key(
              TIME,
              Kind.DURATION,
              "No further request to it once those of a statement have taken so long together."),
          key(
              CALLS_PER_DAY,
              Kind.INTEGER,
              "The most requests for rows of a day, of all statements and processes."),
          key(BYTES_PER_DAY, Kind.TEXT, "No further page once so much has come on a day."),
          Property.choice(
              PREFIX + ON_EXCEED,
              List.of("error", "partial", "wait"),
              "As limits.on_exceed, which holds without it."));

  private final SourceConfig config;

  private LimitKeys(SourceConfig config) {
    this.config = config;
  }

  private static Property key(String name, Kind kind, String description) {
    return Property.of(PREFIX + name, kind, description);
  }

  /** The names without their prefix. */
  static List<String> names(List<Property> properties) {
    return properties.stream().map(each -> each.name().substring(PREFIX.length())).toList();
  }

  /**
   * Reads the keys {@code limits.…} of a section.
   *
   * @throws dev.quire.spi.SourceException CONFIGURATION with the place of a value that cannot be
   */
  static LimitSettings read(SourceConfig config) {
    LimitKeys keys = new LimitKeys(config);
    Budget budget =
        Budget.NONE
            .withCalls(keys.count(CALLS).orElse(Long.MAX_VALUE))
            .withBytes(keys.size(BYTES).orElse(Long.MAX_VALUE))
            .withRows(keys.count(ROWS).orElse(Long.MAX_VALUE))
            .withTime(keys.value(TIME, "a time, as 30s, 5m or 1h", LimitKeys::time));
    return new LimitSettings(
        budget,
        keys.value(ON_EXCEED, "error, partial or wait", LimitKeys::choice),
        keys.count(CALLS_PER_DAY),
        keys.size(BYTES_PER_DAY));
  }

  private OptionalLong count(String key) {
    return value(
            key,
            "a whole number from 1",
            text ->
                text.matches("[1-9][0-9]{0,17}")
                    ? Optional.of(Long.valueOf(text))
                    : Optional.empty())
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private OptionalLong size(String key) {
    return value(key, "a size, as 64MiB or 1GiB", LimitKeys::bytes)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static Optional<Long> bytes(String text) {
    OptionalLong size = Sizes.parse(text);
    return size.isPresent() && size.getAsLong() > 0
        ? Optional.of(size.getAsLong())
        : Optional.empty();
  }

  private static Optional<Duration> time(String text) {
    return Durations.parse(text).filter(time -> !time.isZero());
  }

  private static Optional<OnExceed> choice(String text) {
    return List.of("error", "partial", "wait").contains(text)
        ? Optional.of(OnExceed.valueOf(text.toUpperCase(Locale.ROOT)))
        : Optional.empty();
  }

  private <T> Optional<T> value(String key, String form, Function<String, Optional<T>> parser) {
    Optional<String> text = config.find(PREFIX + key).map(String::strip);
    Optional<T> value = text.flatMap(parser);
    if (text.isPresent() && value.isEmpty()) {
      throw config.fault(PREFIX + key, "'" + key + "' must be " + form);
    }
    return value;
  }
}
