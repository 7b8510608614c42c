package dev.quire.http;

import dev.quire.http.AnswerReader.Outcome;
import dev.quire.http.AnswerReader.Read;
import dev.quire.http.AnswerReader.Redirected;
import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One attempt at a request, with the redirects that it meets. One thread. */
final class Attempt<T> {
  private static final int MOST_REDIRECTS = 5;
  private static final long MOST_MILLIS = 1L << 30;

  /** A signature holds its time, and services refuse what is minutes old. */
  private static final Duration SIGNATURE_LASTS = Duration.ofSeconds(30);

  private final Outlet outlet;
  private final CallContext context;
  private final Cancellation cancellation;
  private final AnswerReader<T> answers;
  private final Deadline deadline;
  private final Turn turn;
  private final int number;
  private HttpRequest request;
  private Authenticator.@Nullable Signed signed;
  private long signedAt;

  Attempt(Outlet outlet, Task<T> task, Turn turn, int number) {
    this.outlet = outlet;
    this.context = task.context();
    this.cancellation = task.cancellation();
    this.answers = new AnswerReader<>(outlet, task);
    this.deadline = new Deadline(outlet.host().time(), context.deadline());
    this.turn = turn;
    this.number = number;
    this.request = task.request();
  }

  /** Puts the credentials on; may fetch a token. */
  void sign() {
    Authenticator.Signed credentials = outlet.authenticator().apply(request, context);
    if (!credentials.credential().isEmpty()) {
      outlet.warnIfOpen(context);
    }
    signed = credentials;
    signedAt = outlet.host().time().nanoTime();
  }

  Authenticator.Signed signed() {
    if (signed == null) {
      throw new IllegalStateException("not signed yet");
    }
    return signed;
  }

  /**
   * Sends, and reads the answer.
   *
   * @param waited before this attempt, for the report
   */
  T run(Duration waited) throws AttemptFailure {
    if (outlet.host().time().nanoTime() - signedAt > SIGNATURE_LASTS.toNanos()) {
      sign();
    }
    Duration before = waited;
    for (int hops = 0; ; hops++) {
      Outcome<T> outcome = send(before);
      if (outcome instanceof Read<T> read) {
        return read.value();
      }
      if (outcome instanceof Redirected<T> redirected) {
        follow(redirected.target(), hops);
      }
      before = Duration.ZERO;
    }
  }

  private void follow(String target, int hops) throws AttemptFailure {
    if (hops == MOST_REDIRECTS) {
      throw AttemptFailure.of(
          new SourceException(
              ErrorKind.REJECTED, what() + ": redirected more than " + MOST_REDIRECTS + " times"));
    }
    outlet.check(target);
    request = request.withUrl(target);
    turn.await(request.purpose());
    sign();
  }

  private Outcome<T> send(Duration waited) throws AttemptFailure {
    Tally tally = new Tally(outlet.host().time().nanoTime());
    try (Transport.Call call = outlet.transport().prepare(wire())) {
      cancellation.begin(call::abort);
      Transport.Head head = call.send();
      tally.status = OptionalInt.of(head.status());
      tally.quotas = outlet.heed(head.headers());
      Outcome<T> outcome = answers.read(request, head, tally.counting(call.body()));
      tally.fault =
          outcome instanceof Redirected<T> redirected
              ? "redirected to " + outlet.redactor().url(redirected.target())
              : null;
      return outcome;
    } catch (IOException | SourceException | AttemptFailure e) {
      AttemptFailure failure = failure(e);
      tally.fault = failure.fault().problem();
      throw failure;
    } finally {
      cancellation.end();
      context.record(report(tally, waited));
    }
  }

  /** A cancel first: it cuts the body of an answer short that is a fault of its own. */
  private AttemptFailure failure(Exception e) {
    if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
      return AttemptFailure.of(cancellation.fault());
    }
    if (e instanceof AttemptFailure answered) {
      return answered;
    }
    if (e instanceof SourceException fault) {
      return AttemptFailure.of(fault);
    }
    if (e instanceof SocketTimeoutException && deadline.isOver()) {
      return AttemptFailure.of(late());
    }
    SourceException fault = Faults.of(what(), (IOException) e, outlet.origin());
    return e instanceof Transport.StaleConnectionException
        ? AttemptFailure.stale(fault)
        : AttemptFailure.of(fault);
  }

  private Transport.Wire wire() {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("User-Agent", Version.USER_AGENT);
    headers.put("Accept-Encoding", BodyDecoder.ACCEPTED);
    headers.putAll(request.headers());
    headers.putAll(signed().headers());
    return new Transport.Wire(
        outlet.origin(),
        request.method(),
        RequestTarget.of(signed().url()),
        headers,
        request.body(),
        deadline.bound(outlet.settings().connectTimeout()),
        this::patience);
  }

  /** Never ends before the deadline, so that the deadline is what is over then. */
  private int patience() {
    if (deadline.isOver()) {
      throw late();
    }
    Duration most = deadline.bound(outlet.settings().requestTimeout());
    return (int) Math.min(MOST_MILLIS, most.toMillis() + 1);
  }

  private SourceException late() {
    return deadline.fault(what() + ": no whole answer yet");
  }

  private String what() {
    return outlet.redactor().what(request);
  }

  private RequestReport report(Tally tally, Duration waited) {
    Redactor redactor = outlet.redactor();
    Optional<String> fault =
        Optional.ofNullable(tally.fault)
            .map(text -> text.startsWith(what()) ? text.substring(what().length()) : text)
            .map(text -> Faults.excerpt(redactor.text(text.replaceFirst("^:? ", ""))));
    return new RequestReport(
            request.purpose(),
            outlet.source(),
            request.method(),
            redactor.url(signed().url()),
            number,
            tally.status,
            tally.bytes,
            waited,
            Duration.ofNanos(outlet.host().time().nanoTime() - tally.began),
            fault)
        .withQuotas(tally.quotas);
  }
}
