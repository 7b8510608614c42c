package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/** What statuses and broken connections mean, in words that say what to do. */
final class Faults {
  private static final int MOST_EXCERPT = 200;
  private static final int MOST_WORD = 100;
  private static final List<String> REQUEST_IDS =
      List.of(
          "request-id",
          "x-ms-request-id",
          "x-ms-service-request-id",
          "x-amzn-requestid",
          "x-amz-request-id",
          "x-request-id",
          "x-correlation-id");

  private Faults() {}

  /**
   * The fault of an answer that is no success.
   *
   * @param what method and masked URL
   * @param body decoded, without secrets
   */
  static SourceException of(String what, Transport.Head head, String body, String source) {
    StringBuilder text = new StringBuilder(what).append(" answered ").append(head.status());
    String sent = Excerpt.of(head.reason(), MOST_WORD);
    String reason = sent.isEmpty() ? standardReason(head.status()) : sent;
    text.append(reason.isEmpty() ? "" : " " + reason);
    String excerpt = excerpt(body);
    text.append(excerpt.isEmpty() ? "" : ": " + excerpt);
    text.append(requestId(head.headers()));
    boolean quota = head.status() == 403 && Quotas.isUsedUp(head.headers());
    ErrorKind kind = quota ? ErrorKind.THROTTLED : kind(head.status());
    SourceException fault = new SourceException(kind, text.toString());
    String hint = hint(kind, source);
    return hint.isEmpty() ? fault : fault.withHint(hint);
  }

  private static String requestId(Headers headers) {
    for (String name : REQUEST_IDS) {
      Optional<String> id = headers.first(name);
      if (id.isPresent()) {
        return " (" + name + ": " + Excerpt.of(id.get(), MOST_WORD) + ")";
      }
    }
    return "";
  }

  static ErrorKind kind(int status) {
    return switch (status) {
      case 401 -> ErrorKind.AUTHENTICATION;
      case 403 -> ErrorKind.PERMISSION;
      case 404, 410 -> ErrorKind.NOT_FOUND;
      case 408, 504 -> ErrorKind.TIMEOUT;
      case 425 -> ErrorKind.REMOTE_FAILURE;
      case 429 -> ErrorKind.THROTTLED;
      default -> status >= 500 ? ErrorKind.REMOTE_FAILURE : ErrorKind.REJECTED;
    };
  }

  private static String hint(ErrorKind kind, String source) {
    return switch (kind) {
      case AUTHENTICATION ->
          "Check the credentials under sources." + source + ".auth: wrong, expired or revoked.";
      case PERMISSION -> "The credentials are known, but not allowed to read this.";
      case NOT_FOUND -> "Check sources." + source + ".url, and that the service has this.";
      case THROTTLED ->
          "Try later, or lower sources."
              + source
              + ".http.concurrency, or raise http.attempts and http.max_wait.";
      case TIMEOUT, REMOTE_FAILURE ->
          "The service failed at its end: try later, or ask for smaller pages.";
      default -> "";
    };
  }

  private static String standardReason(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "";
    };
  }

  /** The first characters of a text, in one line; nothing of what is no text. */
  static String excerpt(String body) {
    String start = body.substring(0, Math.min(body.length(), 4 * MOST_EXCERPT));
    boolean binary =
        start
            .chars()
            .anyMatch(c -> c == 0xfffd || (c < ' ' && c != '\n' && c != '\r' && c != '\t'));
    if (binary) {
      return "";
    }
    return Excerpt.of(start, MOST_EXCERPT);
  }

  /** The fault of a connection that could not be made or that broke. */
  static SourceException of(String what, IOException e, Origin origin) {
    String address = origin.address();
    if (e instanceof UnknownHostException) {
      return fault(ErrorKind.UNREACHABLE, what + ": the host " + origin.host() + " is unknown", e)
          .withHint("Check the host name in the url, and the network's name service.");
    }
    if (e instanceof ProxyAuthenticationException) {
      return fault(ErrorKind.AUTHENTICATION, what + ": " + message(e), e)
          .withHint("Check http.proxy_username and http.proxy_password; only basic is spoken.");
    }
    if (e instanceof SocketTimeoutException) {
      return fault(ErrorKind.TIMEOUT, what + ": no answer from " + address + " in time", e)
          .withHint("Raise http.connect_timeout or http.request_timeout, or ask for less.");
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return fault(
              ErrorKind.UNREACHABLE, what + ": no connection to " + address + ": " + message(e), e)
          .withHint("Check host and port in the url, and that the service runs.");
    }
    if (e instanceof SSLException && message(e).contains("SSL message")) {
      return fault(
              ErrorKind.TLS, what + ": " + address + " does not answer in TLS: " + message(e), e)
          .withHint("Check port and scheme in the url: the service may speak http there.");
    }
    if (e instanceof SSLException && !isBroken(e)) {
      return fault(ErrorKind.TLS, what + ": TLS with " + address + " failed: " + message(e), e)
          .withHint(
              "The certificate must be valid for this host and be trusted by this Java, or be vouched"
                  + " for in http.ca_file.");
    }
    if (e instanceof ProtocolException || e instanceof ZipException) {
      return fault(ErrorKind.MALFORMED_RESPONSE, what + ": " + address + ": " + message(e), e)
          .withHint("Check that the url is that of the service, with http or https as it wants.");
    }
    SourceException broken =
        fault(ErrorKind.UNREACHABLE, what + ": " + address + ": " + message(e), e);
    return e instanceof SSLException
        ? broken.withHint("Check that the service speaks https at this port.")
        : broken;
  }

  /** Whether TLS reports that the connection below it broke. */
  private static boolean isBroken(Throwable fault) {
    for (Throwable t = fault; t != null; t = t.getCause()) {
      if (t instanceof SocketException || t instanceof EOFException) {
        return true;
      }
    }
    return false;
  }

  private static SourceException fault(ErrorKind kind, String text, IOException cause) {
    return new SourceException(kind, text, cause);
  }

  private static String message(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : excerpt(e.getMessage());
  }
}
