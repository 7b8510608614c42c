package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.Demand;
import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.spi.Checkpoint;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.ScanRequest;
import dev.quire.spi.Source;
import dev.quire.spi.SourceException;
import dev.quire.spi.Split;
import dev.quire.spi.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/**
 * What the parts of the conformance suite stand on: a remote table of {@value #ROWS} rows in pages
 * of {@value #PAGE}, a foreign server that nobody may talk to, and ways to read.
 */
@Timeout(60)
abstract class ConformanceGround {
  static final int ROWS = 10;
  static final int PAGE = 3;
  static final int PAGES = 4;
  static final String PLACE = "fake.rows";

  final FakeApi api = FakeApi.start();
  final FakeApi foreign = FakeApi.start();
  final FakeClock clock = FakeClock.start();

  /** What the service accepts. */
  volatile String secret = "s3cr3t-7f1c9a";

  /** What is answered to a request for rows. */
  volatile Function<Visit, Reply> behaviour = Visit::normal;

  /** One more token for page 2. */
  volatile String strangeToken = "";

  private final List<Source> opened = new ArrayList<>();
  private final List<String> tokens = Collections.synchronizedList(new ArrayList<>());
  private final List<ReceivedRequest> rowRequests = Collections.synchronizedList(new ArrayList<>());
  private final List<RequestReport> reports = Collections.synchronizedList(new ArrayList<>());
  private final Map<Integer, Integer> visits = new HashMap<>();
  private final List<String> secrets = new ArrayList<>(List.of(secret));
  private @Nullable FakeRemote remote;
  StatementContext statement = statement(StatementContext.Limits.NONE);

  /**
   * One request for rows.
   *
   * @param page 1 for the first
   * @param visit 1 for the first request for this page
   * @param normal the page as it should be
   */
  record Visit(int page, int visit, Reply normal) {
    boolean isFirstOf(int number) {
      return page == number && visit == 1;
    }
  }

  protected abstract Source open(
      FakeApi at, ConnectorContext context, Supplier<String> currentSecret);

  protected abstract FakeRemote remote(FakeApi at);

  protected abstract boolean supports(Ability ability);

  @BeforeEach
  void startRemote() {
    remote = remote(api);
    api.on(this::answer);
  }

  @AfterEach
  void stopRemote() {
    opened.forEach(Source::close);
    int strangers = foreign.connectionCount();
    foreign.close();
    api.close();
    assertThat(strangers).as("connections to a foreign server").isZero();
    api.verifyNoUnexpected();
    reports.forEach(report -> assertNoSecret(report.toString()));
    statement.warnings().forEach(this::assertNoSecret);
  }

  FakeRemote remote() {
    FakeRemote started = remote;
    if (started == null) {
      throw new IllegalStateException("no test runs");
    }
    return started;
  }

  private synchronized Reply answer(ReceivedRequest request) {
    Optional<Reply> aside = remote().answerAside(request);
    if (aside.isPresent()) {
      return aside.get();
    }
    rowRequests.add(request);
    Optional<String> token = remote().continuation(request);
    tokens.add(token.orElse(""));
    int page = token.map(this::pageOf).orElse(1);
    Visit visit = new Visit(page, visits.merge(page, 1, Integer::sum), normalPage(page));
    if (supports(Ability.CREDENTIALS) && !remote().isAuthorized(request, secret)) {
      return Reply.status(401).withHeader("WWW-Authenticate", "Bearer");
    }
    return behaviour.apply(visit);
  }

  private Reply normalPage(int page) {
    Next next = page == PAGES ? Next.END : Next.token(tokenOf(page + 1));
    return remote().page(rowsOf(page), next);
  }

  /** The rows of a page, by its number. */
  static List<FakeRow> rowsOf(int page) {
    return FakeRow.range((page - 1) * PAGE + 1, Math.min(ROWS, page * PAGE));
  }

  /** A token with everything in it that careless encoding changes. */
  static String tokenOf(int page) {
    return "page " + page + " +/=&%2B'é";
  }

  private int pageOf(String token) {
    return token.equals(strangeToken) ? 2 : pageOfKnown(token);
  }

  private static int pageOfKnown(String token) {
    return IntStream.rangeClosed(2, PAGES)
        .filter(page -> tokenOf(page).equals(token))
        .findFirst()
        .orElseThrow(() -> new AssertionError("a token that was never given out: " + token));
  }

  /** The tokens of all requests for rows so far; empty for a first page. */
  List<String> tokens() {
    return List.copyOf(tokens);
  }

  List<ReceivedRequest> rowRequests() {
    return List.copyOf(rowRequests);
  }

  List<RequestReport> reports() {
    return List.copyOf(reports);
  }

  /** From now on the service accepts another secret only. */
  void changeSecret() {
    secret = "s3cr3t-renewed-" + secrets.size();
    secrets.add(secret);
  }

  StatementContext statement(StatementContext.Limits limits) {
    return new StatementContext(clock, limits, reports::add);
  }

  Source source() {
    return source(clock.context());
  }

  Source source(ConnectorContext context) {
    Source source = open(api, context, () -> secret);
    opened.add(source);
    return source;
  }

  Table table() {
    return table(source());
  }

  Table table(Source source) {
    return source
        .findTable(remote().table(), statement)
        .orElseThrow(() -> new AssertionError("no table " + remote().table()));
  }

  List<String> columns(FakeRow.Field... fields) {
    return Arrays.stream(fields).map(remote()::column).toList();
  }

  /** All fields of the rows and nothing else, as the source accepts it. */
  ScanRequest everything(Table table) {
    return table.pushDown(ScanRequest.of(columns(FakeRow.Field.values()))).accepted();
  }

  Split whole(Table table) {
    return Split.whole(table.schema().name(), everything(table));
  }

  PageChain chain() {
    return chain(table(), Demand.UNCERTAIN, Checkpoint.START);
  }

  PageChain chain(Table table, Demand demand, Checkpoint start) {
    Executor inPlace = Runnable::run;
    return new PageChain(table, whole(table), statement, start, demand, inPlace, PLACE);
  }

  /** Reads to the end and compares every value. */
  void assertReads(PageChain chain, List<FakeRow> expected) {
    assertRows(readAll(chain), expected);
  }

  /** The chain has a next page, and it has exactly these rows. */
  static void assertNext(PageChain chain, List<FakeRow> expected) {
    List<@Nullable Object[]> rows = chain.next();
    if (rows == null) {
      throw new AssertionError("the chain says that it has ended");
    }
    assertRows(rows, expected);
  }

  static List<@Nullable Object[]> readAll(PageChain chain) {
    List<@Nullable Object[]> all = new ArrayList<>();
    for (var rows = chain.next(); rows != null; rows = chain.next()) {
      all.addAll(rows);
    }
    return all;
  }

  static void assertRows(List<@Nullable Object[]> rows, List<FakeRow> expected) {
    assertThat(rows.stream().map(ConformanceGround::comparable).toList())
        .isEqualTo(
            expected.stream()
                .map(row -> Arrays.stream(FakeRow.Field.values()).map(row::value).toArray())
                .map(ConformanceGround::comparable)
                .toList());
  }

  private static List<@Nullable Object> comparable(@Nullable Object[] row) {
    List<@Nullable Object> values = new ArrayList<>();
    for (Object value : row) {
      values.add(FakeRow.comparable(value));
    }
    return values;
  }

  /** The failure of an action that must fail, after a look for secrets in it. */
  SourceException failure(Runnable action) {
    try {
      action.run();
    } catch (SourceException e) {
      assertNoSecretIn(e);
      return e;
    }
    throw new AssertionError("nothing failed");
  }

  SourceException failureOf(PageChain chain) {
    return failure(
        () -> {
          var rows = chain.next();
          throw new AssertionError(
              rows == null ? "the chain says that it has ended" : "a page of " + rows.size());
        });
  }

  void assertFails(PageChain chain, ErrorKind kind) {
    SourceException e = failureOf(chain);
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
  }

  private void assertNoSecretIn(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertNoSecret(each.toString());
      for (Throwable suppressed : each.getSuppressed()) {
        assertNoSecretIn(suppressed);
      }
    }
  }

  void assertNoSecret(String text) {
    assertThat(secrets).as("secrets in: " + text).noneMatch(text::contains);
  }
}
