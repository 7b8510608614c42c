package dev.quire.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.chain.PageChain;
import dev.quire.chain.StatementContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong on the way, and that it is never taken for a page or for the end. */
abstract class FailureConformance extends PagingConformance {
  private static final List<FakeRow> ALL = FakeRow.range(1, ROWS);

  /** Faults that a second try mends. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  enum Passing {
    UNAVAILABLE(page -> Reply.status(503)),
    BAD_GATEWAY(page -> Reply.html("<h1>bad gateway</h1>").withStatus(502)),
    FAILED(page -> Reply.status(500)),
    THROTTLED(page -> Reply.status(429)),
    TIMED_OUT(page -> Reply.status(408)),
    RESET(page -> Reply.resetWithoutAnswer()),
    RESET_IN_BODY(page -> page.resetAfter(page.body().length / 2)),
    SHORT_BODY(Reply::shortBody),
    BROKEN_CHUNK(Reply::brokenChunk),
    WITHOUT_LAST_CHUNK(Reply::withoutLastChunk);

    private final UnaryOperator<Reply> spoil;

    Passing(UnaryOperator<Reply> spoil) {
      this.spoil = spoil;
    }
  }

  /** Answers of status 200 that are no page. */
  @SuppressWarnings("ImmutableEnumChecker") // the functions have no state
  enum Malformed {
    HTML(page -> Reply.html("<!DOCTYPE html><html><body>Please sign in</body></html>")),
    EMPTY(page -> page.withBody("")),
    CUT(Reply::cutBody),
    CUT_AT_THE_LAST_BYTE(page -> page.cutBody(lastByte(page))),
    CUT_AND_CLOSED(Reply::cutBodyThenClose),
    TRAILING_GARBAGE(page -> page.withBody(text(page) + "<html>oops</html>")),
    INVALID_UTF8(page -> page.withBody(withBadByte(page.body())));

    private final UnaryOperator<Reply> spoil;

    Malformed(UnaryOperator<Reply> spoil) {
      this.spoil = spoil;
    }

    private static String text(Reply page) {
      return new String(page.body(), StandardCharsets.UTF_8);
    }

    private static int lastByte(Reply page) {
      return text(page).stripTrailing().getBytes(StandardCharsets.UTF_8).length - 1;
    }

    /** The name of a row with a byte in it that UTF-8 does not have. */
    private static byte[] withBadByte(byte[] body) {
      String latin = new String(body, StandardCharsets.ISO_8859_1);
      int name = latin.indexOf("name ");
      if (name < 0) {
        throw new AssertionError("page() should write the names of the rows");
      }
      byte[] bad = body.clone();
      bad[name + 4] = (byte) 0xFF;
      return bad;
    }
  }

  @ParameterizedTest
  @EnumSource(Passing.class)
  public final void a_fault_that_passes_costs_one_more_request_and_no_row(Passing fault) {
    behaviour = visit -> visit.isFirstOf(2) ? fault.spoil.apply(visit.normal()) : visit.normal();
    PageChain chain = chain();
    if (supports(Ability.RETRIES)) {
      assertReads(chain, ALL);
    } else {
      assertNext(chain, rowsOf(1));
      assertThat(failureOf(chain).kind().isTransient()).isTrue();
      assertReads(chain, FakeRow.range(PAGE + 1, ROWS));
    }
    assertThat(tokens()).containsExactly("", tokenOf(2), tokenOf(2), tokenOf(3), tokenOf(4));
  }

  @ParameterizedTest
  @CsvSource({"17, 17000", "2.128, 2128", "date, 30000"})
  public final void waits_as_long_as_the_service_asks(String retryAfter, long millis) {
    String value =
        retryAfter.equals("date")
            ? DateTimeFormatter.RFC_1123_DATE_TIME.format(
                clock.now().plusMillis(millis).atOffset(ZoneOffset.UTC))
            : retryAfter;
    behaviour = visit -> visit.isFirstOf(2) ? Reply.throttled(value) : visit.normal();
    PageChain chain = chain();
    if (!supports(Ability.RETRIES)) {
      chain.next();
      assertFails(chain, ErrorKind.THROTTLED);
      return;
    }
    assertReads(chain, ALL);
    assertThat(clock.slept()).isBetween(Duration.ofMillis(millis), Duration.ofMillis(2 * millis));
    assertThat(statement.costs().waited()).isGreaterThanOrEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"-1", "abc", "''"})
  public final void a_wait_that_makes_no_sense_is_the_usual_one(String retryAfter) {
    behaviour = visit -> visit.isFirstOf(2) ? Reply.throttled(retryAfter) : visit.normal();
    PageChain chain = chain();
    if (!supports(Ability.RETRIES)) {
      chain.next();
      assertFails(chain, ErrorKind.THROTTLED);
      return;
    }
    assertReads(chain, ALL);
    assertThat(clock.slept()).isBetween(Duration.ofMillis(1), Duration.ofMinutes(1));
  }

  @Test
  public final void a_fault_that_stays_is_thrown_and_the_page_can_be_asked_for_later() {
    behaviour = visit -> visit.page() == 3 ? Reply.status(503) : visit.normal();
    PageChain chain = chain();
    assertNext(chain, rowsOf(1));
    assertNext(chain, rowsOf(2));
    SourceException e = failureOf(chain);
    assertThat(e.kind()).isEqualTo(ErrorKind.REMOTE_FAILURE);
    assertThat(e).hasMessageContaining("503").hasMessageContaining(PLACE + ", page 3");
    int tries = rowRequests().size() - 2;
    assertThat(tries).isBetween(supports(Ability.RETRIES) ? 2 : 1, 20);

    behaviour = Visit::normal;
    assertReads(chain, FakeRow.range(2 * PAGE + 1, ROWS));
  }

  @ParameterizedTest
  @CsvSource({"400, REJECTED", "403, PERMISSION", "404, NOT_FOUND"})
  public final void a_refusal_is_thrown_after_one_request(int status, ErrorKind kind) {
    behaviour = visit -> visit.page() == 2 ? Reply.status(status) : visit.normal();
    PageChain chain = chain();
    chain.next();
    SourceException e = failureOf(chain);
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
    assertThat(e).hasMessageContaining(String.valueOf(status));
    assertThat(rowRequests()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Malformed.class)
  public final void a_first_page_that_is_none_is_never_zero_rows(Malformed fault) {
    behaviour = visit -> fault.spoil.apply(visit.normal());
    assertFails(chain(), ErrorKind.MALFORMED_RESPONSE);
  }

  @ParameterizedTest
  @EnumSource(Malformed.class)
  public final void a_last_page_that_is_none_is_never_the_end(Malformed fault) {
    behaviour = visit -> visit.page() == PAGES ? fault.spoil.apply(visit.normal()) : visit.normal();
    PageChain chain = chain();
    for (int page = 1; page < PAGES; page++) {
      assertNext(chain, rowsOf(page));
    }
    SourceException e = failureOf(chain);
    assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.MALFORMED_RESPONSE);
    assertThat(e).hasMessageContaining("page " + PAGES);
  }

  @Test
  public final void an_answer_without_the_list_of_rows_is_a_fault_unless_the_protocol_allows_it() {
    behaviour = visit -> remote().pageWithoutRows();
    if (supports(Ability.ROWS_REQUIRED)) {
      assertFails(chain(), ErrorKind.MALFORMED_RESPONSE);
    } else {
      assertReads(chain(), List.of());
    }
  }

  @Test
  public final void a_compressed_page_is_decoded_where_it_is_asked_for() {
    behaviour = visit -> visit.page() == 2 ? visit.normal().gzip() : visit.normal().chunked();
    if (supports(Ability.COMPRESSION)) {
      assertReads(chain(), ALL);
      assertThat(rowRequests())
          .allSatisfy(
              request ->
                  assertThat(request.header("Accept-Encoding"))
                      .hasValueSatisfying(value -> assertThat(value).contains("gzip")));
    } else {
      chain().next();
      assertThat(rowRequests().get(0).header("Accept-Encoding").orElse("")).doesNotContain("gzip");
    }
  }

  @Test
  public final void a_compressed_page_that_is_cut_is_never_a_page() {
    if (!supports(Ability.COMPRESSION)) {
      return; // its refusal is asserted above
    }
    behaviour = visit -> visit.page() == 2 ? visit.normal().cutGzip() : visit.normal();
    PageChain chain = chain();
    chain.next();
    assertThat(failureOf(chain).kind()).isIn(ErrorKind.MALFORMED_RESPONSE, ErrorKind.UNREACHABLE);
  }

  @Test
  public final void a_spent_budget_ends_the_scan_after_the_rows_it_paid_for() {
    statement = statement(new StatementContext.Limits(2, Optional.empty()));
    PageChain chain = chain();
    assertNext(chain, rowsOf(1));
    assertNext(chain, rowsOf(2));
    assertFails(chain, ErrorKind.BUDGET_EXCEEDED);
    assertThat(rowRequests()).hasSize(2);
  }

  @Test
  public final void a_second_try_costs_budget_too() {
    statement = statement(new StatementContext.Limits(2, Optional.empty()));
    behaviour = visit -> visit.page() == 2 ? Reply.status(503) : visit.normal();
    PageChain chain = chain();
    chain.next();
    if (!supports(Ability.RETRIES)) {
      failureOf(chain);
    }
    assertFails(chain, ErrorKind.BUDGET_EXCEEDED);
    assertThat(rowRequests()).hasSize(2);
  }

  @Test
  public final void a_wait_never_outlasts_the_deadline() {
    statement = statement(new StatementContext.Limits(99, Optional.of(Duration.ofSeconds(20))));
    behaviour = visit -> visit.page() == 2 ? Reply.throttled("3600") : visit.normal();
    PageChain chain = chain();
    chain.next();
    assertFails(chain, ErrorKind.DEADLINE_EXCEEDED);
    assertThat(clock.slept()).isLessThanOrEqualTo(Duration.ofSeconds(20));
  }

  @Test
  public final void a_statement_whose_time_is_over_sends_nothing() {
    statement = statement(new StatementContext.Limits(99, Optional.of(Duration.ofSeconds(20))));
    PageChain chain = chain();
    chain.next();
    clock.advance(Duration.ofSeconds(20));
    assertFails(chain, ErrorKind.DEADLINE_EXCEEDED);
    assertThat(rowRequests()).hasSize(1);
  }
}
