package dev.quire.cli;

import dev.quire.chain.BudgetState;
import dev.quire.chain.Costs;
import dev.quire.chain.Usage;
import dev.quire.engine.Result;
import dev.quire.export.text.JsonText;
import dev.quire.spi.Quota;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The summary of a statement as JSON; docs/guide.md says what it holds. One thread at a time. */
final class Stats {
  private static final int VERSION = 1;
  private static final Costs NONE = new Costs(0, 0, 0, 0, 0, Duration.ZERO);

  private final TimeSource time;
  private final Instant started;
  private final long startedNanos;

  /** A statement begins. */
  Stats(TimeSource time) {
    this.time = time;
    this.started = time.now().truncatedTo(ChronoUnit.MILLIS);
    this.startedNanos = time.nanoTime();
  }

  /**
   * How it ended.
   *
   * @param reason why it could not begin or go on, where the result does not know
   * @param resume what goes on with it
   */
  record End(int exitCode, Optional<String> reason, Optional<String> resume) {}

  String text(End end, Optional<Result> result) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("stats", VERSION);
    all.put("verdict", verdict(end.exitCode()));
    all.put("reason", reason(end, result).orElse(null));
    all.put("exit_code", end.exitCode());
    all.put("started", started.toString());
    all.put("took_ms", Duration.ofNanos(time.nanoTime() - startedNanos).toMillis());
    all.put("rows", result.map(Result::rows).orElse(0L));
    costs(result.map(Result::costs).orElse(NONE), all);
    Usage usage = result.map(Result::usage).orElse(Usage.NONE);
    all.put("sources", usage.sources().stream().map(Stats::source).toList());
    all.put("budgets", usage.budgets().stream().map(Stats::budget).toList());
    all.put("warnings", result.map(Result::warnings).orElse(List.of()));
    all.put("notes", result.map(Result::notes).orElse(List.of()));
    all.put("resume", end.resume().orElse(null));
    return json(all, "") + "\n";
  }

  private static String verdict(int exitCode) {
    return switch (exitCode) {
      case ExitCodes.COMPLETE -> "complete";
      case ExitCodes.PARTIAL -> "partial";
      case ExitCodes.INTERRUPTED -> "interrupted";
      case ExitCodes.OUTPUT_CLOSED -> "closed";
      default -> "failed";
    };
  }

  private static Optional<String> reason(End end, Optional<Result> result) {
    return end.exitCode() == ExitCodes.COMPLETE
        ? Optional.empty()
        : end.reason().or(() -> result.flatMap(ran -> ran.verdict().reason()));
  }

  private static void costs(Costs costs, Map<String, @Nullable Object> into) {
    into.put("calls", costs.calls());
    into.put("metadata_calls", costs.metadataCalls());
    into.put("pages", costs.pages());
    into.put("retries", costs.retries());
    into.put("bytes", costs.bytes());
    into.put("waited_ms", costs.waited().toMillis());
  }

  private static Map<String, @Nullable Object> source(Usage.OfSource source) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("source", source.source());
    all.put("rows_read", source.rows());
    costs(source.costs(), all);
    all.put("tables", source.tables().stream().map(Stats::table).toList());
    all.put("quotas", source.quotas().stream().map(Stats::quota).toList());
    return all;
  }

  private static Map<String, @Nullable Object> table(Usage.OfTable table) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("table", table.place());
    all.put("rows_read", table.rows());
    costs(table.costs(), all);
    return all;
  }

  private static Map<String, @Nullable Object> quota(Quota quota) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("name", quota.name());
    all.put("limit", quota.limit().isPresent() ? (Long) quota.limit().getAsLong() : null);
    all.put("remaining", quota.remaining());
    all.put("resets", quota.resets().map(Instant::toString).orElse(null));
    return all;
  }

  private static Map<String, @Nullable Object> budget(BudgetState budget) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("of", budget.owner());
    all.put("unit", budget.counted());
    all.put("per_day", budget.isOfDay());
    all.put("limit", budget.limit());
    all.put("spent", budget.spent());
    all.put("left", budget.left());
    return all;
  }

  private static String json(@Nullable Object value, String indent) {
    String deeper = indent + "  ";
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(e -> JsonText.quoted(e.getKey().toString()) + ": " + json(e.getValue(), deeper))
          .collect(Collectors.joining(",\n" + deeper, "{\n" + deeper, "\n" + indent + "}"));
    }
    if (value instanceof List<?> list) {
      return list.isEmpty()
          ? "[]"
          : list.stream()
              .map(each -> json(each, deeper))
              .collect(Collectors.joining(",\n" + deeper, "[\n" + deeper, "\n" + indent + "]"));
    }
    return value instanceof String text ? JsonText.quoted(text) : String.valueOf(value);
  }
}
