package dev.quire.http;

import dev.quire.spi.CallContext;
import dev.quire.spi.ConnectorContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Quota;
import dev.quire.spi.SourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Everything that exchanges with one origin share. Thread-safe. */
final class Outlet implements AutoCloseable {
  private final String source;
  private final Origin origin;
  private final String start;
  private final boolean open;
  private final Authenticator authenticator;
  private final Redactor redactor;
  private final DoorSettings settings;
  private final Transport transport;
  private final ConnectorContext host;
  private final Gate gate;
  private final Optional<Pace> pace;
  private final BackOff backOff;
  private final Set<Cancellation> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Outlet(
      Origin origin,
      Authenticator authenticator,
      Redactor redactor,
      DoorSettings settings,
      Surroundings surroundings) {
    this.source = surroundings.source();
    this.origin = origin;
    this.start = origin.toString();
    this.open = !origin.isSecure() && !origin.isLoopback();
    this.authenticator = authenticator;
    this.redactor = redactor;
    this.settings = settings;
    this.transport = surroundings.transport();
    this.host = surroundings.host();
    this.gate = new Gate(host.time(), settings.concurrency());
    this.pace = settings.rateLimit().map(limit -> new Pace(host.time(), limit));
    this.backOff =
        BackOff.doubling(Duration.ofMillis(500))
            .atMost(Duration.ofSeconds(30))
            .withJitter(host.random());
  }

  /** What all outlets of a source share. */
  record Surroundings(String source, Transport transport, ConnectorContext host) {}

  <T> T exchange(
      HttpRequest request, CallContext context, FaultReader faults, ResponseReader<T> reader) {
    Cancellation cancellation = new Cancellation();
    underWay.add(cancellation);
    if (closed) {
      cancellation.cancel(closedReason());
    }
    try (CallContext.Registration registration =
        context.onCancel(() -> cancellation.cancel("the statement was cancelled"))) {
      return new Exchange<>(this, new Task<>(request, context, cancellation, faults, reader)).run();
    } catch (SourceException e) {
      throw redactor.fault(e);
    } finally {
      underWay.remove(cancellation);
    }
  }

  /**
   * Passes if the URL is of this origin.
   *
   * @throws SourceException FOREIGN_ORIGIN, naming both origins
   */
  void check(String url) {
    if (!isOwn(url)) {
      throw new SourceException(
              ErrorKind.FOREIGN_ORIGIN,
              "source '"
                  + source
                  + "' talks to "
                  + origin
                  + " alone and was sent to "
                  + Origin.find(url).map(Origin::toString).orElse(place(url)))
          .withHint(
              "No request was made, so no credentials left. If the service answers with links to"
                  + " that address, configure it as the source's url.");
    }
  }

  /** Most URLs have the origin in the very form in which it is written here. */
  private boolean isOwn(String url) {
    int end = start.length();
    boolean same = url.startsWith(start) && (url.length() == end || url.charAt(end) == '/');
    return same || Origin.find(url).filter(origin::equals).isPresent();
  }

  private String place(String url) {
    String start = url.contains("://") ? url.substring(0, Origin.pathStart(url)) : url;
    return "'" + Faults.excerpt(redactor.url(start)) + "'";
  }

  /** Warns where others can read the credentials on their way. */
  void warnIfOpen(CallContext context) {
    if (open) {
      context.warn(
          "source '"
              + source
              + "' sends its credentials to "
              + origin
              + " unencrypted; use https if the service has it");
    }
  }

  private String closedReason() {
    return "source '" + source + "' was closed";
  }

  String source() {
    return source;
  }

  Origin origin() {
    return origin;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  Redactor redactor() {
    return redactor;
  }

  DoorSettings settings() {
    return settings;
  }

  Transport transport() {
    return transport;
  }

  ConnectorContext host() {
    return host;
  }

  Gate gate() {
    return gate;
  }

  /**
   * Reads what an answer says of quotas; where one is used up and it is known until when, nobody
   * sends anything before that.
   */
  List<Quota> heed(Headers headers) {
    Instant now = host.time().now();
    List<Quota> quotas = Quotas.of(headers, now);
    if (settings.heedQuota() && !quotas.isEmpty()) {
      Quotas.wait(quotas, now)
          .map(wait -> wait.compareTo(settings.maxWait()) > 0 ? settings.maxWait() : wait)
          .ifPresent(wait -> gate.hold(wait, "the service's quota is used up"));
    }
    return quotas;
  }

  /** How long to wait so that the configured rate is kept. */
  Duration takePace() {
    return pace.map(Pace::take).orElse(Duration.ZERO);
  }

  BackOff backOff() {
    return backOff;
  }

  /** Aborts what is under way; later exchanges fail. */
  @Override
  public void close() {
    closed = true;
    underWay.forEach(cancellation -> cancellation.cancel(closedReason()));
  }
}
