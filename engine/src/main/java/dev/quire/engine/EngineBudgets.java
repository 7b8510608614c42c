package dev.quire.engine;

import dev.quire.chain.Bounds;
import dev.quire.chain.Budget;
import dev.quire.chain.OnExceed;
import dev.quire.chain.SharedBudget;
import dev.quire.chain.StatementContext;
import dev.quire.engine.budget.DayBudget;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.config.LimitSettings;
import dev.quire.spi.SourceConfig;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The budgets of an engine's statements, of which they share some. Thread-safe. */
final class EngineBudgets {
  static final String ALL = "all sources";

  private final Configuration configuration;
  private final TimeSource time;
  private final Bounds ofStatement;
  private final Map<String, OfSource> sources = new ConcurrentHashMap<>();

  /** A source's own, and what is shared. */
  private record OfSource(Bounds bounds, Optional<OnExceed> own) {}

  EngineBudgets(Configuration configuration, TimeSource time) {
    this.configuration = configuration;
    this.time = time;
    LimitSettings all = configuration.limits().statement();
    this.ofStatement =
        bounds(all, ALL, configuration.limits().account())
            .withOnExceed(all.onExceed().orElse(OnExceed.ERROR));
  }

  /** What bounds a statement with these options. */
  StatementContext.Limits of(StatementOptions options) {
    Budget configured = ofStatement.budget();
    Budget budget =
        configured
            .withCalls(Math.min(options.maxCalls(), configured.calls()))
            .withBytes(Math.min(options.maxBytes(), configured.bytes()))
            .withRows(Math.min(options.rowBudget(), configured.rows()))
            .withTime(shorter(options.timeout(), configured.time()));
    OnExceed onExceed = options.onExceed().orElse(ofStatement.onExceed());
    return new StatementContext.Limits(
        ofStatement.withBudget(budget).withOnExceed(onExceed),
        options.deadline(),
        name -> ofSource(name, options.onExceed(), onExceed));
  }

  private static Optional<Duration> shorter(Optional<Duration> a, Optional<Duration> b) {
    return a.isEmpty() || b.filter(each -> each.compareTo(a.get()) < 0).isPresent() ? b : a;
  }

  private Bounds ofSource(String name, Optional<OnExceed> asked, OnExceed otherwise) {
    OfSource source = sources.computeIfAbsent(name, this::read);
    return source.bounds().withOnExceed(asked.or(source::own).orElse(otherwise));
  }

  private OfSource read(String name) {
    SourceConfig config = configuration.sources().get(name);
    if (config == null) {
      return new OfSource(Bounds.NONE, Optional.empty());
    }
    LimitSettings limits = Configuration.limitsOf(config);
    String identity =
        configuration.types().get(name) + " " + OpenSources.shownUrl(config).orElse("");
    return new OfSource(bounds(limits, name, identity), limits.onExceed());
  }

  private Bounds bounds(LimitSettings limits, String owner, String identity) {
    DayBudget.Most most = new DayBudget.Most(limits.callsPerDay(), limits.bytesPerDay());
    Optional<SharedBudget> day =
        most.isNone()
            ? Optional.empty()
            : Optional.of(
                DayBudget.in(configuration.limits().stateFolder(), owner, identity, most, time));
    return new Bounds(limits.budget(), OnExceed.ERROR, day);
  }
}
