package dev.quire.cli;

import dev.quire.chain.Costs;
import dev.quire.chain.StatementContext;
import dev.quire.chain.Usage;
import dev.quire.chain.Verdict;
import dev.quire.engine.Engine;
import dev.quire.engine.Explanation;
import dev.quire.engine.PreparedQuery;
import dev.quire.engine.Progress;
import dev.quire.engine.Result;
import dev.quire.engine.ResultColumn;
import dev.quire.engine.ResumePoint;
import dev.quire.engine.StatementOptions;
import dev.quire.spi.CallContext;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.PageFetcher;
import dev.quire.spi.Pushdown;
import dev.quire.spi.RequestReport;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import dev.quire.spi.TableName;
import dev.quire.spi.TableSchema;
import dev.quire.spi.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Gives numbered rows of a name and a number, and ends as the test says. */
final class FakeEngine implements Engine {
  List<String> sourceNames = List.of("crm", "broken");
  final List<String> statements = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();
  StatementOptions options = StatementOptions.DEFAULT;
  int rows = 3;
  Verdict verdict = Verdict.COMPLETE;
  Usage usage = Usage.NONE;
  SourceException fault;
  SourceException faultAtOnce;
  Runnable beforeTheEnd = () -> {};
  Runnable onCancel = () -> {};
  String prefix = "row ";
  int metadataQuestions;
  int closedResults;
  boolean closed;

  @Override
  public Result query(String sql, StatementOptions given) {
    statements.add(sql);
    options = given;
    if (faultAtOnce != null) {
      throw faultAtOnce;
    }
    given
        .listener()
        .accept(
            new RequestReport(
                CallContext.Purpose.DATA,
                "crm",
                "GET",
                "http://localhost/odata/accounts?key=***",
                1,
                OptionalInt.of(200),
                1_234,
                Duration.ZERO,
                Duration.ofMillis(12),
                Optional.empty()));
    return new FakeResult();
  }

  @Override
  public PreparedQuery prepare(String sql, StatementOptions given) {
    return new PreparedQuery(List.of(), List.of());
  }

  private final class FakeResult implements Result {
    private long given;
    private volatile boolean cancelled;

    @Override
    public List<ResultColumn> columns() {
      return List.of(
          new ResultColumn("name", DataType.VARCHAR, true),
          new ResultColumn("number", DataType.INTEGER, true));
    }

    @Override
    public Object[] next() {
      if (given == rows) {
        beforeTheEnd.run();
        if (cancelled) {
          throw new SourceException(ErrorKind.CANCELLED, "the statement was cancelled");
        }
        if (fault != null) {
          throw fault;
        }
        return null;
      }
      given++;
      return new Object[] {prefix + given, (int) given};
    }

    @Override
    public long rows() {
      return given;
    }

    @Override
    public Verdict verdict() {
      return verdict;
    }

    @Override
    public Costs costs() {
      return new Costs(3, 1, 3, 2, 1_234_567, Duration.ofMillis(1_200));
    }

    @Override
    public Usage usage() {
      return usage;
    }

    @Override
    public Progress progress() {
      return new Progress(costs(), given, OptionalDouble.empty(), Optional.empty());
    }

    @Override
    public Optional<ResumePoint> resumePoint() {
      return Optional.empty();
    }

    @Override
    public Optional<String> notResumable() {
      return Optional.of("the test does not resume");
    }

    @Override
    public List<String> warnings() {
      return warnings;
    }

    @Override
    public void cancel() {
      cancelled = true;
      onCancel.run();
    }

    @Override
    public void close() {
      closedResults++;
    }
  }

  @Override
  public List<String> sourceNames() {
    return sourceNames;
  }

  @Override
  public Source source(String name) {
    metadataQuestions++;
    return new FakeSource(name.toLowerCase(Locale.ROOT));
  }

  private record FakeSource(String name) implements Source {
    @Override
    public List<TableName> tables(String namespace, CallContext context) {
      if (name.equals("broken")) {
        throw new SourceException(ErrorKind.UNREACHABLE, "no connection to broken");
      }
      return List.of(TableName.of("accounts"), TableName.of("my table"));
    }

    @Override
    public Optional<Table> findTable(TableName table, CallContext context) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  @Override
  public Table table(String qualifiedName, StatementContext context) {
    metadataQuestions++;
    Column id = Column.of("accountid", DataType.UUID).notNull().withRemarks("The key.");
    Column owner = Column.of("ownerid", DataType.varchar(36));
    return new FakeTable(
        new TableSchema(
            TableName.of("accounts"),
            List.of(id, owner),
            List.of("accountid"),
            List.of(
                new TableSchema.Reference(
                    List.of("ownerid"), TableName.of("users"), List.of("userid"))),
            Optional.of("Companies")));
  }

  private record FakeTable(TableSchema schema) implements Table {
    @Override
    public Pushdown pushDown(ScanRequest wanted) {
      throw new UnsupportedOperationException();
    }

    @Override
    public PageFetcher open(Split split, CallContext context) {
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public Explanation explain(String sql, StatementOptions given) {
    throw new SourceException(ErrorKind.SYNTAX, "cannot read SELEC").withHint("SELEC\n  ^");
  }

  @Override
  public StatementContext newContext(StatementOptions given) {
    return new StatementContext(
        TimeSource.system(), StatementContext.Limits.NONE, given.listener());
  }

  @Override
  public List<Source> openSources() {
    return List.of();
  }

  @Override
  public void close() {
    closed = true;
  }
}
