package dev.quire.http;

import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells what an answer is: a success, a redirect, or a fault. One thread. */
final class AnswerReader<T> {
  private static final int MOST_FAULT_BODY = 64 * 1024;
  private static final int MOST_DRAINED = 64 * 1024;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Outlet outlet;
  private final FaultReader faults;
  private final ResponseReader<T> reader;

  AnswerReader(Outlet outlet, Task<T> task) {
    this.outlet = outlet;
    this.faults = task.faults();
    this.reader = task.reader();
  }

  /** What came of one request that was answered. */
  sealed interface Outcome<T> permits Read, Redirected {}

  /** A success, read to its end. */
  record Read<T>(T value) implements Outcome<T> {}

  /** Another URL is to be asked. */
  record Redirected<T>(String target) implements Outcome<T> {}

  /**
   * Reads an answer.
   *
   * @param wire the body as it comes
   * @throws AttemptFailure for every status that is neither a success nor a redirect that can be
   *     followed
   */
  Outcome<T> read(HttpRequest request, Transport.Head head, InputStream wire)
      throws IOException, AttemptFailure {
    Optional<String> target = redirect(request, head);
    if (target.isPresent()) {
      outlet.check(target.get());
      if (keepsMethod(request, head)) {
        drain(wire);
        return new Redirected<>(target.get());
      }
    }
    List<String> codings = head.headers().words("Content-Encoding");
    try (InputStream body = BodyDecoder.decode(wire, codings, outlet.settings().maxBody())) {
      if (!isSuccess(request, head.status())) {
        throw refused(request, head, body);
      }
      T value = read(request, new Answer(head, request.url(), body));
      drain(body);
      drain(wire);
      return new Read<>(value);
    }
  }

  /** Also that what the request names in If-None-Match is still right. */
  private static boolean isSuccess(HttpRequest request, int status) {
    return (status >= 200 && status <= 299)
        || (status == 304 && request.headers().containsKey("If-None-Match"));
  }

  private T read(HttpRequest request, Answer answer) throws IOException, AttemptFailure {
    try {
      return reader.read(answer);
    } catch (PartRefusedException e) {
      throw refused(request, e.head(), e.body());
    }
  }

  private static Optional<String> redirect(HttpRequest request, Transport.Head head) {
    return Optional.of(head)
        .filter(h -> REDIRECTS.contains(h.status()))
        .flatMap(h -> h.headers().first("Location"))
        .filter(location -> !location.isEmpty())
        .map(location -> Links.resolve(request.url(), location));
  }

  /**
   * Whether the same request goes to the new place (RFC 9110, section 15.4): else a POST does not.
   */
  private static boolean keepsMethod(HttpRequest request, Transport.Head head) {
    return request.method().equals("GET") || head.status() >= 307;
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

  private AttemptFailure refused(HttpRequest request, Transport.Head head, InputStream body) {
    byte[] bytes = faultBytes(body);
    Charset charset = charset(head.headers().first("Content-Type").orElse(""));
    String text = outlet.redactor().text(new String(bytes, charset));
    String what = outlet.redactor().what(request);
    SourceException standard = Faults.of(what, head, text, outlet.source());
    Optional<Duration> wait =
        RetryAfter.of(head.headers(), outlet.host().time().now())
            .map(asked -> atMost(asked, outlet.settings().maxWait()));
    Refusal refusal = new Refusal(head.status(), head.headers()::first, bytes, text, standard);
    return AttemptFailure.answered(faults.read(refusal), head.status(), wait);
  }

  private static Duration atMost(Duration asked, Duration cap) {
    return asked.compareTo(cap) > 0 ? cap : asked;
  }

  private static byte[] faultBytes(InputStream body) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      bytes.write(body.readNBytes(MOST_FAULT_BODY));
      drain(body);
    } catch (IOException | SourceException e) {
      // The status is what counts; its text is shown as far as it came.
    }
    return bytes.toByteArray();
  }

  private static Charset charset(String contentType) {
    String lower = contentType.toLowerCase(Locale.ROOT);
    return lower.contains("iso-8859-1") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
  }
}
