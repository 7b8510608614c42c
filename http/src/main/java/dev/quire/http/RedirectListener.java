package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of this machine to which the issuer sends the browser back (RFC 8252, section 7.3). It
 * takes one answer, the one with the right state, and turns everything else away. One thread.
 */
final class RedirectListener implements AutoCloseable {
  private static final int MILLIS_BETWEEN_LOOKS = 200;

  /**
   * A browser opens connections that it doesn't use; they must not hold up the one that it does.
   */
  private static final int MILLIS_TO_READ = 1_000;

  private static final int MOST_REQUEST = 32 * 1024;

  private static final Pattern REQUEST_LINE = Pattern.compile("GET (\\S+) HTTP/1\\.[01]\r\n");

  private final ServerSocket socket;
  private final String url;
  private final String path;
  private final String state;

  private RedirectListener(ServerSocket socket, String url, String path, String state) {
    this.socket = socket;
    this.url = url;
    this.path = path;
    this.state = state;
  }

  /**
   * Listens.
   *
   * @param redirect http on loopback; any free port is taken if it has none
   * @param state what the right answer carries
   */
  static RedirectListener open(String redirect, String state) {
    int pathStart = Origin.pathStart(redirect);
    Origin origin = Origin.find(redirect).orElseThrow();
    boolean fixed = redirect.substring(0, pathStart).matches(".*:\\d+");
    String host = origin.host().equals("localhost") ? "127.0.0.1" : origin.plainHost();
    try {
      ServerSocket socket =
          new ServerSocket(fixed ? origin.port() : 0, 5, InetAddress.getByName(host));
      socket.setSoTimeout(MILLIS_BETWEEN_LOOKS);
      String rest = redirect.substring(pathStart);
      String url = "http://" + origin.host() + ":" + socket.getLocalPort() + rest;
      return new RedirectListener(socket, url, rest.isEmpty() ? "/" : rest, state);
    } catch (IOException e) {
      throw new SourceException(
              ErrorKind.CONFIGURATION,
              "cannot wait for the browser at " + redirect + ": " + e.getMessage(),
              e)
          .withHint("Free that port, or name another with auth.redirect_url.");
    }
  }

  /** Where the browser is to come back to. */
  String url() {
    return url;
  }

  /** The parameters of the answer. */
  Map<String, String> await(SignIn.Visit visit, Duration patience) {
    visit.context().waiting(visit.deadline().bound(patience), "for the sign-in");
    while (true) {
      visit.check(patience);
      visit.cancellation().begin(this::close);
      try (Socket browser = socket.accept()) {
        Optional<Map<String, String>> answer = serve(browser);
        if (answer.isPresent()) {
          return answer.get();
        }
      } catch (SocketTimeoutException e) {
        // Nobody yet.
      } catch (IOException e) {
        if (socket.isClosed()) {
          throw visit.cancellation().fault();
        }
      } finally {
        visit.cancellation().end();
      }
    }
  }

  private Optional<Map<String, String>> serve(Socket browser) throws IOException {
    browser.setSoTimeout(MILLIS_TO_READ);
    Matcher line = REQUEST_LINE.matcher(head(browser.getInputStream()));
    String target = line.lookingAt() ? line.group(1) : "";
    int question = target.indexOf('?');
    if (question < 0 || !target.substring(0, question).equals(path)) {
      respond(browser, "404 Not Found", "There is nothing here.");
      return Optional.empty();
    }
    Map<String, String> parameters = parameters(target.substring(question + 1));
    if (!isOurs(parameters.getOrDefault("state", ""))) {
      respond(browser, "400 Bad Request", "This is no answer to the sign-in that Quire waits for.");
      return Optional.empty();
    }
    respond(
        browser,
        "200 OK",
        parameters.containsKey("code")
            ? "Quire has the answer. You can close this window and go back to Quire."
            : "The sign-in was refused. You can close this window; Quire says more.");
    return Optional.of(parameters);
  }

  private boolean isOurs(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), state.getBytes(StandardCharsets.UTF_8));
  }

  /** The request up to the empty line; what was read of it if it has none. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    for (int b; head.size() < MOST_REQUEST && (b = in.read()) >= 0; ) {
      head.write(b);
      last = last << 8 | b;
      if (last == ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
        break;
      }
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(
            Query.decode(pair.substring(0, equals)), Query.decode(pair.substring(equals + 1)));
      }
    }
    return parameters;
  }

  private static void respond(Socket browser, String status, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 "
            + status
            + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: "
            + body.length
            + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n";
    browser.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    browser.getOutputStream().write(body);
    browser.getOutputStream().flush();
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // Nobody can come any more, which is all that was wanted.
    }
  }
}
