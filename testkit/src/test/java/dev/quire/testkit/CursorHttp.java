package dev.quire.testkit;

import dev.quire.spi.CallContext;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.RequestReport;
import dev.quire.spi.SourceException;
import dev.quire.spi.TimeSource;
import dev.quire.testkit.CursorSource.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/** The requests of {@link CursorSource}: attempts, waits, credentials, redirects. Thread-safe. */
final class CursorHttp {
  private static final int ATTEMPTS = 4;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Set<CompletableFuture<?>> inFlight = ConcurrentHashMap.newKeySet();
  private final String origin;
  private final TimeSource time;
  private final Supplier<String> secret;
  private final Set<Fault> faults;
  private final ThreadLocal<Duration> waited = ThreadLocal.withInitial(() -> Duration.ZERO);
  private volatile boolean closed;
  private volatile String cachedSecret = "";

  CursorHttp(String origin, TimeSource time, Supplier<String> secret, Set<Fault> faults) {
    this.origin = origin;
    this.time = time;
    this.secret = secret;
    this.faults = faults;
  }

  void close() {
    closed = true;
    inFlight.forEach(each -> each.cancel(true));
  }

  /** The decoded body of a 200. */
  byte[] get(String url, boolean bare, CallContext context) {
    int refreshes = faults.contains(Fault.NEVER_REFRESHES) ? 1 : 0;
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(url, bare, attempt, context);
      } catch (Refused e) {
        if (e.fault.kind() == ErrorKind.AUTHENTICATION && refreshes++ == 0) {
          cachedSecret = secret.get();
        } else if (!e.fault.kind().isTransient()
            || attempt == ATTEMPTS
            || faults.contains(Fault.NEVER_RETRIES)) {
          throw e.fault;
        } else {
          pause(e.wait.orElse(Duration.ofMillis(100L << attempt)), context);
        }
      }
    }
  }

  private byte[] attempt(String url, boolean bare, int attempt, CallContext context)
      throws Refused {
    String at = url;
    for (int hop = 0; hop < 5; hop++) {
      requireOwn(at, hop > 0);
      if (attempt == 1 || !faults.contains(Fault.REPEATS_WITHOUT_ADMISSION)) {
        context.admit(CallContext.Purpose.DATA);
      }
      HttpResponse<byte[]> response = send(at, bare, attempt, context);
      int status = response.statusCode();
      Optional<String> location = response.headers().firstValue("Location");
      if (status / 100 == 3 && location.isPresent()) {
        at = URI.create(at).resolve(location.get()).toString();
      } else if (status == 200) {
        return decoded(response);
      } else {
        throw new Refused(refusal(response), retryAfter(response));
      }
    }
    throw new SourceException(ErrorKind.REJECTED, "too many redirects");
  }

  private void requireOwn(String url, boolean redirected) {
    Fault leak = redirected ? Fault.FOLLOWS_FOREIGN_REDIRECTS : Fault.FOLLOWS_FOREIGN_LINKS;
    if (!faults.contains(leak) && !url.startsWith(origin + "/")) {
      throw new SourceException(ErrorKind.FOREIGN_ORIGIN, url + " is not of " + origin);
    }
  }

  private HttpResponse<byte[]> send(String url, boolean bare, int attempt, CallContext context)
      throws Refused {
    if (cachedSecret.isEmpty()) {
      cachedSecret = secret.get();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Authorization", "Bearer " + cachedSecret)
            .header("Accept-Encoding", "gzip");
    if (!bare) {
      request.header("X-Page-Size", "3");
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    inFlight.add(answer);
    if (closed) {
      answer.cancel(true);
    }
    Runnable abort = faults.contains(Fault.IGNORES_CANCEL) ? () -> {} : () -> answer.cancel(true);
    try (CallContext.Registration registration = context.onCancel(abort)) {
      HttpResponse<byte[]> response = answer.get();
      record(url, attempt, response, context);
      return response;
    } catch (CancellationException e) {
      throw new SourceException(ErrorKind.CANCELLED, "cancelled", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new SourceException(ErrorKind.CANCELLED, "interrupted", e);
    } catch (ExecutionException e) {
      record(url, attempt, null, context);
      throw new Refused(
          new SourceException(ErrorKind.UNREACHABLE, "broken off", e.getCause()), Optional.empty());
    } finally {
      inFlight.remove(answer);
    }
  }

  private void record(String url, int attempt, HttpResponse<byte[]> response, CallContext context) {
    if (faults.contains(Fault.KEEPS_NO_ACCOUNT)) {
      return;
    }
    boolean ok = response != null && response.statusCode() == 200;
    context.record(
        new RequestReport(
            CallContext.Purpose.DATA,
            "fake",
            "GET",
            url,
            attempt,
            response == null ? OptionalInt.empty() : OptionalInt.of(response.statusCode()),
            response == null ? 0 : response.body().length,
            pending(),
            Duration.ZERO,
            ok ? Optional.empty() : Optional.of("failed")));
  }

  private Duration pending() {
    Duration pending = waited.get();
    waited.remove();
    return pending;
  }

  private void pause(Duration wanted, CallContext context) {
    Duration wait = faults.contains(Fault.IGNORES_RETRY_AFTER) ? Duration.ofMillis(1) : wanted;
    Instant end = time.now().plus(wait);
    if (context.deadline().map(end::isAfter).orElse(false)) {
      throw new SourceException(ErrorKind.DEADLINE_EXCEEDED, "no time for another try");
    }
    Thread sleeper = Thread.currentThread();
    try (CallContext.Registration registration = context.onCancel(sleeper::interrupt)) {
      time.sleep(wait);
      waited.set(wait);
    } catch (InterruptedException e) {
      throw new SourceException(ErrorKind.CANCELLED, "cancelled while waiting", e);
    }
  }

  private SourceException refusal(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    ErrorKind kind =
        switch (status) {
          case 401 -> ErrorKind.AUTHENTICATION;
          case 403 -> ErrorKind.PERMISSION;
          case 404 -> ErrorKind.NOT_FOUND;
          case 408 -> ErrorKind.TIMEOUT;
          case 429 -> ErrorKind.THROTTLED;
          default -> status >= 500 ? ErrorKind.REMOTE_FAILURE : ErrorKind.REJECTED;
        };
    String said = new String(response.body(), StandardCharsets.UTF_8);
    return new SourceException(kind, "the service answered " + status + " " + masked(said));
  }

  String masked(String text) {
    return faults.contains(Fault.SHOWS_THE_SECRET) ? text : text.replace(cachedSecret, "***");
  }

  private Optional<Duration> retryAfter(HttpResponse<?> response) {
    String value = response.headers().firstValue("Retry-After").orElse("");
    if (value.matches("\\d+(\\.\\d+)?")) {
      return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(value) * 1000)));
    }
    try {
      Instant when = ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(Duration.between(time.now(), when));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static byte[] decoded(HttpResponse<byte[]> response) {
    if (response.headers().firstValue("Content-Encoding").isEmpty()) {
      return response.body();
    }
    try {
      return new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes();
    } catch (IOException e) {
      throw new SourceException(ErrorKind.MALFORMED_RESPONSE, "broken compression", e);
    }
  }

  /** An answer that may be followed by another try. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient SourceException fault;
    private final transient Optional<Duration> wait;

    Refused(SourceException fault, Optional<Duration> wait) {
      super(fault);
      this.fault = fault;
      this.wait = wait;
    }
  }
}
