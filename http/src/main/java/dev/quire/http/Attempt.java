package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One attempt at a request, with the redirects that it meets. One thread. */
final class Attempt<T> {
  private static final int MOST_REDIRECTS = 5;
  private static final long MOST_MILLIS = 1L << 30;
  private static final int MOST_FAULT_BODY = 64 * 1024;
  private static final int MOST_DRAINED = 64 * 1024;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Outlet outlet;
  private final CallContext context;
  private final Cancellation cancellation;
  private final FaultReader faults;
  private final ResponseReader<T> reader;
  private final Deadline deadline;
  private final int number;
  private HttpRequest request;
  private Authenticator.@Nullable Signed signed;

  Attempt(
      Outlet outlet,
      HttpRequest request,
      CallContext context,
      Cancellation cancellation,
      FaultReader faults,
      ResponseReader<T> reader,
      int number) {
    this.outlet = outlet;
    this.request = request;
    this.context = context;
    this.cancellation = cancellation;
    this.faults = faults;
    this.reader = reader;
    this.deadline = new Deadline(outlet.host().time(), context.deadline());
    this.number = number;
  }

  /** Puts the credentials on; may fetch a token. */
  void sign() {
    signed = outlet.authenticator().apply(request, context);
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
    request =
        new HttpRequest(
            request.purpose(), request.method(), target, request.headers(), request.body());
    sign();
  }

  /** What came of one request that was answered. */
  private sealed interface Outcome<T> permits Read, Redirected {}

  private record Read<T>(T value) implements Outcome<T> {}

  private record Redirected<T>(String target) implements Outcome<T> {}

  private Outcome<T> send(Duration waited) throws AttemptFailure {
    context.admit(request.purpose());
    Tally tally = new Tally(outlet.host().time().nanoTime());
    try (Transport.Call call = outlet.transport().prepare(wire())) {
      cancellation.begin(call::abort);
      return answer(call, tally);
    } catch (IOException | SourceException e) {
      AttemptFailure failure = failure(e);
      tally.fault = failure.fault().problem();
      throw failure;
    } catch (AttemptFailure e) {
      tally.fault = e.fault().problem();
      throw e;
    } finally {
      cancellation.end();
      context.record(report(tally, waited));
    }
  }

  private AttemptFailure failure(Exception e) {
    if (cancellation.isCancelled() || Thread.currentThread().isInterrupted()) {
      return AttemptFailure.of(cancellation.fault());
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

  private Outcome<T> answer(Transport.Call call, Tally tally) throws IOException, AttemptFailure {
    Transport.Head head = call.send();
    tally.status = OptionalInt.of(head.status());
    InputStream wire = tally.counting(call.body());
    Optional<String> target = redirect(head);
    if (target.isPresent()) {
      drain(wire);
      tally.fault = "redirected to " + outlet.redactor().url(target.get());
      return new Redirected<>(target.get());
    }
    InputStream body =
        BodyDecoder.decode(
            wire, head.headers().words("Content-Encoding"), outlet.settings().maxBody());
    if (head.status() < 200 || head.status() > 299) {
      throw refused(head, body);
    }
    T value = reader.read(new Answer(head, request.url(), body));
    drain(body);
    drain(wire);
    tally.fault = null;
    return new Read<>(value);
  }

  private Optional<String> redirect(Transport.Head head) {
    return Optional.of(head)
        .filter(h -> REDIRECTS.contains(h.status()) && request.method().equals("GET"))
        .flatMap(h -> h.headers().first("Location"))
        .filter(location -> !location.isEmpty())
        .map(location -> Links.resolve(request.url(), location));
  }

  /** Reads what is left, if it is little, so that the connection can be kept and a cut is seen. */
  private static void drain(InputStream in) throws IOException {
    byte[] away = new byte[8 * 1024];
    for (int left = MOST_DRAINED; left > 0; ) {
      int count = in.read(away, 0, Math.min(away.length, left));
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }

  private AttemptFailure refused(Transport.Head head, InputStream body) {
    String text = outlet.redactor().text(faultText(head, body));
    SourceException standard = Faults.of(what(), head, text, outlet.source());
    Optional<Duration> wait =
        head.headers()
            .first("Retry-After")
            .flatMap(value -> RetryAfter.parse(value, outlet.host().time().now()))
            .map(asked -> atMost(asked, outlet.settings().maxWait()));
    return AttemptFailure.answered(faults.read(head.status(), text, standard), head.status(), wait);
  }

  private static Duration atMost(Duration asked, Duration cap) {
    return asked.compareTo(cap) > 0 ? cap : asked;
  }

  private static String faultText(Transport.Head head, InputStream body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.write(body.readNBytes(MOST_FAULT_BODY));
      drain(body);
    } catch (IOException | SourceException e) {
      // The status is what counts; its text is shown as far as it came.
    }
    return bytes.toString(charset(head.headers().first("Content-Type").orElse("")));
  }

  private static Charset charset(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    return lower.contains("iso-8859-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
  }

  private Transport.Wire wire() {
    TreeMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
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

  private int patience() {
    if (deadline.isOver()) {
      throw late();
    }
    return (int)
        Math.min(MOST_MILLIS, deadline.bound(outlet.settings().requestTimeout()).toMillis());
  }

  private SourceException late() {
    return deadline.fault(what() + ": no whole answer yet");
  }

  /** Method and URL as they may be shown. */
  private String what() {
    return request.method() + " " + outlet.redactor().url(request.url());
  }

  private RequestReport report(Tally tally, Duration waited) {
    Optional<String> fault =
        Optional.ofNullable(tally.fault)
            .map(text -> text.startsWith(what()) ? text.substring(what().length()) : text)
            .map(text -> outlet.redactor().text(Faults.excerpt(text.replaceFirst("^:? ", ""))));
    return new RequestReport(
        request.purpose(),
        outlet.source(),
        request.method(),
        outlet.redactor().url(signed().url()),
        number,
        tally.status,
        tally.bytes,
        waited,
        Duration.ofNanos(outlet.host().time().nanoTime() - tally.began),
        fault);
  }

  /** The answer as the connector sees it. */
  private record Answer(Transport.Head head, String url, InputStream body) implements HttpResponse {
    @Override
    public int status() {
      return head.status();
    }

    @Override
    public List<String> headers(String name) {
      return head.headers().all(name);
    }
  }
}
