package dev.quire.jdbcit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The sign-in endpoints of AWS, and one that knows a Glue job and who asked. Thread-safe. */
final class FakeAws implements AutoCloseable {
  private static final String ROLE_CREDENTIALS =
      "{\"roleCredentials\":{\"accessKeyId\":\"ASIAPORTAL\",\"secretAccessKey\":\"portal-secret\","
          + "\"sessionToken\":\"portal-session\",\"expiration\":4102444800000}}";
  private static final String TOKEN =
      "{\"accessToken\":\"fresh-token\",\"tokenType\":\"Bearer\",\"expiresIn\":3600,"
          + "\"refreshToken\":\"next-refresh\"}";
  private static final String ASSUMED =
      "<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">"
          + "<AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>ASIAWEB</AccessKeyId>"
          + "<SecretAccessKey>web-secret</SecretAccessKey><SessionToken>web-session</SessionToken>"
          + "<Expiration>2099-12-31T00:00:00Z</Expiration></Credentials>"
          + "<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/r/s</Arn>"
          + "<AssumedRoleId>id</AssumedRoleId></AssumedRoleUser></AssumeRoleWithWebIdentityResult>"
          + "</AssumeRoleWithWebIdentityResponse>";
  private static final String JOBS = "{\"Jobs\":[{\"Name\":\"nightly\"}]}";

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  FakeAws() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Each as its target, the headers that tell who asks, and its body. */
  List<String> requests() {
    return requests;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    requests.add(
        String.join(
            " ",
            exchange.getRequestURI().toString(),
            header(exchange, "Authorization"),
            header(exchange, "X-Amz-Security-Token"),
            header(exchange, "x-amz-sso_bearer_token"),
            body));
    byte[] answer = of(exchange.getRequestURI().getPath(), body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private static String header(HttpExchange exchange, String name) {
    String value = exchange.getRequestHeaders().getFirst(name);
    return value == null ? "-" : value;
  }

  private static String of(String path, String body) {
    if (path.equals("/federation/credentials")) {
      return ROLE_CREDENTIALS;
    }
    if (path.equals("/token")) {
      return TOKEN;
    }
    return body.contains("AssumeRoleWithWebIdentity") ? ASSUMED : JOBS;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
