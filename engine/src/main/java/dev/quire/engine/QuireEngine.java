package dev.quire.engine;

import dev.quire.chain.StatementContext;
import dev.quire.engine.config.Configuration;
import dev.quire.engine.exec.ExecutionContext;
import dev.quire.engine.exec.MemoryGuard;
import dev.quire.engine.exec.Parallel;
import dev.quire.engine.pages.PageIndexes;
import dev.quire.engine.plan.KeepStatement;
import dev.quire.engine.plan.Plan;
import dev.quire.engine.plan.PlanOptions;
import dev.quire.engine.plan.Planner;
import dev.quire.engine.plan.Prepared;
import dev.quire.engine.plan.Refusals;
import dev.quire.engine.plan.Sources;
import dev.quire.engine.spill.SpillEngine;
import dev.quire.engine.sys.Journal;
import dev.quire.engine.sys.Outcome;
import dev.quire.engine.sys.StatementEntry;
import dev.quire.engine.sys.SysSource;
import dev.quire.spi.Column;
import dev.quire.spi.Connector;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Table;
import dev.quire.spi.TableStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The engine over the planner and the executor. Thread-safe. */
final class QuireEngine implements Engine {
  private final ConnectorContext context;
  private final EngineBudgets budgets;
  private final OpenSources sources;
  private final Journal journal;
  private final Sources withSys;
  private final Planner planner;
  private final @Nullable SpillEngine spills;
  private final MemoryGuard memory;
  private final PageIndexes pages;
  private final OptionalInt parallel;
  private final ExecutorService workers = ExecutionContext.newWorkers();
  private final Set<StatementContext> running = ConcurrentHashMap.newKeySet();

  QuireEngine(
      Configuration configuration, ConnectorContext context, Map<String, Connector> connectors) {
    this(configuration, context, Connectors.of(connectors));
  }

  QuireEngine(Configuration configuration, ConnectorContext context, Connectors connectors) {
    this.context = context;
    this.budgets = new EngineBudgets(configuration, context.time());
    this.sources = new OpenSources(configuration, context, connectors);
    this.journal = new Journal(context.time());
    this.withSys = new WithSys(sources, new SysSource(sources, sources::entries, journal));
    this.planner = new Planner(withSys);
    this.parallel = configuration.parallel();
    this.spills = Spills.find(configuration.memory());
    this.memory = MemoryGuard.ofHeap(spills);
    this.pages = new PageIndexes(configuration, context);
  }

  @Override
  public List<String> sourceNames() {
    return sources.names();
  }

  @Override
  public Source source(String name) {
    return withSys
        .find(name)
        .orElseThrow(
            () ->
                new SourceException(
                    ErrorKind.UNKNOWN_NAME,
                    "no source '"
                        + name
                        + "'. "
                        + Nearest.question(name, sourceNames())
                            .orElse("The sources are " + String.join(", ", sourceNames()) + ".")));
  }

  @Override
  public Table table(String qualifiedName, StatementContext statement) {
    return planner.table(qualifiedName, statement);
  }

  @Override
  public Result query(String sql, StatementOptions options) {
    Optional<KeepStatement> keep = KeepStatement.find(sql);
    return keep.isPresent() ? keep(keep.get(), sql, options) : run(sql, options);
  }

  /** Keeps the result of a query as a table, or removes such a table. */
  private Result keep(KeepStatement statement, String sql, StatementOptions options) {
    String table = statement.source() + "." + statement.table();
    TableStore store =
        source(statement.source())
            .store()
            .orElseThrow(
                () ->
                    new SourceException(
                            ErrorKind.UNSUPPORTED,
                            "the source '" + statement.source() + "' keeps no tables")
                        .withHint("Name one of local, as local." + statement.table() + "."));
    if (statement.query().isEmpty()) {
      boolean dropped = store.drop(statement.table());
      if (!dropped && !statement.lenient()) {
        throw new SourceException(ErrorKind.UNKNOWN_NAME, "no table '" + table + "'");
      }
      String done = dropped ? "dropped " + table : "there was no " + table;
      return new TextResult("done", List.of(done), newContext(options));
    }
    Result query = run(statement.query().get(), options);
    try {
      List<Column> columns = query.columns().stream().map(ResultColumn::asColumn).toList();
      return new KeptResult(
          query, store.create(statement.table(), columns, sql.strip(), statement.lenient()), table);
    } catch (RuntimeException e) {
      query.close();
      throw e;
    }
  }

  private Result run(String sql, StatementOptions options) {
    StatementEntry entry = journal.begin(sql);
    StatementContext statement = newContext(options, Optional.of(entry));
    try {
      return start(sql, options, statement, entry);
    } catch (RuntimeException | Error e) {
      running.remove(statement);
      entry.end(StatementResult.outcome(e), Optional.of(StatementResult.reason(e)), 0);
      throw e;
    }
  }

  private Result start(
      String sql, StatementOptions options, StatementContext statement, StatementEntry entry) {
    PlanOptions planOptions = planOptions(options);
    Plan plan = planner.planToRun(sql, planOptions, statement);
    if (plan.explain()) {
      List<String> lines =
          new Explainer(statement, parallel(options), pages).explain(plan).text().lines().toList();
      entry.end(Outcome.COMPLETE, Optional.empty(), lines.size());
      return new TextResult("plan", lines, statement);
    }
    running.add(statement);
    ExecutionContext execution =
        ExecutionContext.of(statement, workers, memory, planOptions.now())
            .withParallel(parallel(options))
            .withPages(pages);
    Replanning replanning =
        refused -> planner.plan(sql, planOptions.withRefused(refused), statement);
    return new StatementResult(
        plan,
        replanning,
        execution,
        new StatementResult.Manner(
            budgets.of(options).statement().budget().rows(), options.resume(), options.byKey()),
        (outcome, reason, rows) -> {
          running.remove(statement);
          entry.end(outcome, reason, rows);
        });
  }

  /** Plans a statement again, without what sources have refused. */
  interface Replanning {
    Plan without(Refusals refused);
  }

  @Override
  public Explanation explain(String sql, StatementOptions options) {
    StatementEntry entry = journal.begin("EXPLAIN " + sql);
    StatementContext statement = newContext(options, Optional.of(entry));
    try {
      Explanation explanation =
          new Explainer(statement, parallel(options), pages)
              .explain(planner.plan(sql, planOptions(options), statement));
      entry.end(Outcome.COMPLETE, Optional.empty(), 0);
      return explanation;
    } catch (RuntimeException | Error e) {
      entry.end(StatementResult.outcome(e), Optional.of(StatementResult.reason(e)), 0);
      throw e;
    }
  }

  @Override
  public PreparedQuery prepare(String sql, StatementOptions options) {
    Prepared prepared = planner.prepare(sql, planOptions(options), newContext(options));
    return new PreparedQuery(
        prepared.columns().stream().map(ResultColumn::of).toList(), prepared.parameters());
  }

  private PlanOptions planOptions(StatementOptions options) {
    long most = budgets.of(options).statement().budget().rows();
    OptionalLong rows = options.maxRows();
    if (most < rows.orElse(Long.MAX_VALUE)) {
      rows = OptionalLong.of(most + 1); // one more tells that there are more
    }
    Optional<ResumePoint> resume = options.resume();
    return PlanOptions.at(resume.map(ResumePoint::started).orElseGet(context.time()::now))
        .withRefused(resume.map(ResumePoint::refused).orElse(Refusals.NONE))
        .withPushdown(options.pushdown())
        .withParameters(options.parameters())
        .withPageSize(options.pageSize())
        .withSchema(options.schema())
        .withMaxRows(rows);
  }

  private Parallel parallel(StatementOptions options) {
    OptionalInt chains = options.parallel().isPresent() ? options.parallel() : parallel;
    return chains.isPresent() ? Parallel.of(chains.getAsInt()) : Parallel.DEFAULT;
  }

  @Override
  public StatementContext newContext(StatementOptions options) {
    return newContext(options, Optional.empty());
  }

  private StatementContext newContext(StatementOptions options, Optional<StatementEntry> entry) {
    StatementContext statement =
        new StatementContext(
            context.time(),
            budgets.of(options),
            report -> {
              journal.note(entry, report);
              options.listener().accept(report);
            },
            options.strict());
    entry.ifPresent(each -> each.watch(statement::costs));
    options.cancellation().ifPresent(each -> each.onCancel(statement::cancel));
    return statement;
  }

  /** The configured sources and, by its name alone, the built-in one. */
  private record WithSys(Sources configured, Source sys) implements Sources {
    @Override
    public List<String> names() {
      return configured.names();
    }

    @Override
    public Optional<Source> find(String name) {
      return name.equalsIgnoreCase(sys.name()) ? Optional.of(sys) : configured.find(name);
    }
  }

  @Override
  public List<Source> openSources() {
    return sources.opened();
  }

  @Override
  public void close() {
    running.forEach(StatementContext::cancel);
    sources.close();
    if (spills != null) {
      spills.close();
    }
    workers.shutdownNow();
  }
}
