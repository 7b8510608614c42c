package dev.quire.cli;

import dev.quire.engine.StatementOptions;
import dev.quire.engine.StatementOptions.OnExceed;
import dev.quire.spi.Durations;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that bound one statement. */
final class StatementFlags {
  @Option(
      names = "--max-calls",
      paramLabel = "N",
      converter = Positive.class,
      description = "The most requests for rows, retries included. Default: limits.calls.")
  private @Nullable Long maxCalls;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description = "The most time, as 30s, 5m or 1h.")
  private @Nullable Duration timeout;

  @Option(
      names = "--on-exceed",
      paramLabel = "error|partial",
      description =
          "What happens when calls or time are used up: fail, or end with the rows so far and exit"
              + " code 3. Default: limits.on_exceed, or error.")
  private @Nullable OnExceed onExceed;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      converter = Positive.class,
      description = "Rows per page, where the service lets the caller choose.")
  private @Nullable Long pageSize;

  StatementOptions apply(StatementOptions options) {
    StatementOptions result = options;
    if (maxCalls != null) {
      result = result.withMaxCalls(maxCalls);
    }
    if (timeout != null) {
      result = result.withTimeout(timeout);
    }
    if (onExceed != null) {
      result = result.withOnExceed(onExceed);
    }
    if (pageSize != null) {
      result = result.withPageSize((int) Math.min(Integer.MAX_VALUE, pageSize));
    }
    return result;
  }

  /** A whole number from 1. */
  static final class Positive implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      if (!text.matches("[1-9][0-9]{0,17}")) {
        throw new TypeConversionException("'" + text + "' is not a whole number from 1");
      }
      return Long.valueOf(text);
    }
  }

  /** A duration with its unit. */
  static final class Time implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text)
          .filter(time -> !time.isZero())
          .orElseThrow(
              () ->
                  new TypeConversionException("'" + text + "' is not a time; write 30s, 5m or 1h"));
    }
  }
}
