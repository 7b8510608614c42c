package dev.quire.cli;

import dev.quire.chain.OnExceed;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.Durations;
import dev.quire.spi.Sizes;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that bound one statement. */
final class StatementFlags {
  private static final long MOST_CHAINS = 64;

  @Option(
      names = "--max-calls",
      paramLabel = "N",
      converter = Positive.class,
      description = "The most requests for rows, retries included. Default: limits.calls.")
  private @Nullable Long maxCalls;

  @Option(
      names = "--max-bytes",
      paramLabel = "SIZE",
      converter = Size.class,
      description = "No further page once so much has come, as 64MiB. Default: limits.bytes.")
  private @Nullable Long maxBytes;

  @Option(
      names = "--max-rows",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "The most rows. Unlike LIMIT, a statement that would give more fails or is partial."
              + " Default: limits.rows.")
  private @Nullable Long maxRows;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "The most time, as 30s, 5m or 1h: then the statement stops wherever it is. Default:"
              + " limits.time.")
  private @Nullable Duration timeout;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      converter = Time.class,
      description =
          "When to stop in good order: no page is begun after that time, and the rows so far are the"
              + " result, with exit code 3.")
  private @Nullable Duration deadline;

  @Option(
      names = "--on-exceed",
      paramLabel = "error|partial|wait",
      description =
          "What happens when a limit is reached: fail, end with the rows so far and exit code 3, or"
              + " wait for the next day where it is one of a day (else fail). Default:"
              + " limits.on_exceed, or error.")
  private @Nullable OnExceed onExceed;

  @Option(
      names = "--page-size",
      paramLabel = "N",
      converter = Positive.class,
      description = "Rows per page, where the service lets the caller choose.")
  private @Nullable Long pageSize;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      converter = Positive.class,
      description =
          "Read a whole table in parts where the service allows that, so many at a time; 1 reads one"
              + " page after the other. Default: parts that there are anyway, such as regions.")
  private @Nullable Long parallel;

  @Option(
      names = "--strict",
      description =
          "Compare the rows of each table that is read whole with the service's count, with one more"
              + " request where its pages do not tell it; a difference is an error.")
  private boolean strict;

  StatementOptions apply(StatementOptions options) {
    StatementOptions result = options.withStrict(strict);
    if (maxCalls != null) {
      result = result.withMaxCalls(maxCalls);
    }
    if (maxBytes != null) {
      result = result.withMaxBytes(maxBytes);
    }
    if (maxRows != null) {
      result = result.withRowBudget(maxRows);
    }
    if (deadline != null) {
      result = result.withDeadline(deadline);
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
    if (parallel != null) {
      result = result.withParallel((int) Math.min(MOST_CHAINS, parallel));
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

  /** A size with its unit. */
  static final class Size implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      OptionalLong size = Sizes.parse(text);
      if (size.isEmpty() || size.getAsLong() == 0) {
        throw new TypeConversionException("'" + text + "' is not a size; write 512KiB or 64MiB");
      }
      return size.getAsLong();
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
