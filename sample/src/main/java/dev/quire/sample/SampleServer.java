package dev.quire.sample;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A server on the loopback address that behaves as Dataverse's Web API does and, for requests with
 * an {@code X-Amz-Target}, as AWS Glue. Thread-safe; runs until closed.
 *
 * <p>People can make it throttle while it runs: {@code GET /sample/throttle?next=2&retryAfter=1}
 * answers the next two requests with 429.
 */
public final class SampleServer implements AutoCloseable {
  private static final int MOST_REMEMBERED = 100_000;

  private final SampleService service;
  private final GlueService glue = new GlueService();
  private final Faults faults;
  private final Deque<SampleRequest> requests = new ArrayDeque<>();
  private final AtomicLong answered = new AtomicLong();
  private final HttpListener listener;
  private volatile String token;
  private volatile boolean refusesSorting;
  private volatile Duration delay = Duration.ZERO;

  private SampleServer(SampleOptions options) {
    service = new SampleService(new SampleData(options));
    faults = new Faults(options.throttleEvery());
    token = options.token().orElse("");
    listener = HttpListener.start(options.port(), this::handle);
  }

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws java.io.UncheckedIOException when the port is taken
   */
  public static SampleServer start(SampleOptions options) {
    return new SampleServer(options);
  }

  public int port() {
    return listener.port();
  }

  /** {@code http://127.0.0.1:PORT}. */
  public String origin() {
    return "http://127.0.0.1:" + port();
  }

  /** The service root: {@code http://127.0.0.1:PORT/api/data/v9.2}. */
  public String baseUrl() {
    return origin() + SampleService.ROOT;
  }

  /**
   * The rows of an entity set in the order of their keys, as they were before they were written:
   * what a client must end up with. Classes are those of {@link EdmType}.
   *
   * @param columns names of properties, in the order wanted
   */
  public List<List<@Nullable Object>> rows(String entitySet, List<String> columns) {
    return service.rows(entitySet, columns);
  }

  /** The last requests to the service, oldest first; at most 100,000 are remembered. */
  public List<SampleRequest> requests() {
    synchronized (requests) {
      return List.copyOf(requests);
    }
  }

  /** How many requests to the service were answered since the start. */
  public long requestCount() {
    return answered.get();
  }

  /** Answers 400 to every request with {@code $orderby} from now on. */
  public void refuseSorting() {
    refusesSorting = true;
  }

  /** Lets so much time pass before the first byte of each answer, as a service far away does. */
  public void delay(Duration firstByte) {
    delay = firstByte;
  }

  /** Forgets the remembered requests; the count goes on. */
  public void forgetRequests() {
    synchronized (requests) {
      requests.clear();
    }
  }

  /** From now on asks for this bearer token, as if the old one had expired; empty for none. */
  public void requireToken(String required) {
    token = required;
  }

  /** Throttles the next {@code count} requests as Dataverse's service protection does. */
  public void throttleNext(int count, String retryAfter) {
    faults.failNext(count, 429, retryAfter, Faults.THROTTLED);
  }

  /**
   * Answers the next {@code count} requests with an error.
   *
   * @param retryAfter the header's text; empty for no such header
   * @param code the error code in the body, for example {@code 0x80072322}
   */
  public void failNext(int count, int status, String retryAfter, String code) {
    faults.failNext(count, status, retryAfter, code);
  }

  /** Throttles each k-th request from now on; 0 for never. */
  public void throttleEvery(int requests) {
    faults.throttleEvery(requests);
  }

  @Override
  public void close() {
    listener.close();
  }

  private HttpAnswer handle(HttpCall call) {
    if (call.path().equals("/sample/throttle")) {
      return faults.throttleOnDemand(call.query());
    }
    HttpAnswer answer = answerOrFault(call);
    if (!delay.isZero()) {
      LockSupport.parkNanos(delay.toNanos());
    }
    synchronized (requests) {
      if (requests.size() == MOST_REMEMBERED) {
        requests.removeFirst();
      }
      requests.add(
          new SampleRequest(call.method(), call.target(), call.header("prefer"), answer.status()));
    }
    answered.incrementAndGet();
    return answer;
  }

  private HttpAnswer answerOrFault(HttpCall call) {
    if (refusesSorting && call.query().contains("$orderby")) {
      return Faults.refusal(400, "", "0x80040203");
    }
    if (GlueCall.isFor(call)) {
      return faults.next().isPresent()
          ? new GlueFault("ThrottlingException", "Rate exceeded").answer()
          : glue.answer(call);
    }
    try {
      if (call.target().length() > 32 * 1024) {
        throw new ODataFault(414, "0x0", "The request URL is longer than 32 KB.");
      }
      String required = token;
      if (!required.isEmpty() && !call.header("authorization").equals("Bearer " + required)) {
        return HttpAnswer.fault(401, "0x80072560", "The bearer token is missing or has expired.")
            .withHeader("WWW-Authenticate", "Bearer authorization_uri=" + origin() + "/authorize");
      }
      return faults.next().orElseGet(() -> service.answer(call, origin()));
    } catch (ODataFault fault) {
      return HttpAnswer.fault(fault.status(), fault.code(), fault.text());
    } catch (RuntimeException e) {
      return HttpAnswer.fault(500, "0x80040216", "An unexpected error occurred: " + e);
    }
  }
}
