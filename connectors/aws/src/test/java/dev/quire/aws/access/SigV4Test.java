package dev.quire.aws.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.quire.aws.wire.Percent;
import dev.quire.http.HttpRequest;
import dev.quire.spi.CallContext.Purpose;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Our signatures beside the SDK's. */
class SigV4Test {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
  private static final AwsCredentialsIdentity KEYS =
      AwsBasicCredentials.create("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  private static final List<String> TEXTS =
      List.of(
          "a", "Zz9-._~", "a b", "ü€", "日本", "😀", "a/b", "a+b", "a%b", "=&?#", "", "..", "*'()!");

  private static HttpRequest request(String method, String url, Map<String, String> headers) {
    Optional<byte[]> body = method.equals("GET") ? Optional.empty() : Optional.of(new byte[0]);
    return new HttpRequest(Purpose.DATA, method, url, headers, body);
  }

  private static void assertSameAsSdk(String service, boolean unsigned, HttpRequest request) {
    assertSameAsSdk(service, unsigned, request, KEYS, NOW);
  }

  private static void assertSameAsSdk(
      String service,
      boolean unsigned,
      HttpRequest request,
      AwsCredentialsIdentity identity,
      Instant now) {
    assertThat(new SigV4("eu-west-3", service, unsigned).sign(request, identity, now))
        .as(service + " " + request.method() + " " + request.url() + " " + request.headers())
        .isEqualTo(new SdkSigner("eu-west-3", service, unsigned).sign(request, identity, now));
  }

  @Test
  void generated_requests_are_signed_as_the_sdk_signs_them() {
    Random random = new Random(20260102);
    for (int i = 0; i < 4_000; i++) {
      String service = pick(random, List.of("glue", "s3", "logs", "execute-api"));
      AwsCredentialsIdentity identity =
          random.nextInt(3) == 0
              ? AwsSessionCredentials.create("ASIA" + i, "secret" + i, "FwoG//+" + i + "==")
              : KEYS;
      Instant now = NOW.plusSeconds(random.nextInt(400_000_000));
      assertSameAsSdk(service, random.nextInt(4) == 0, generated(random), identity, now);
    }
  }

  private static HttpRequest generated(Random random) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = pick(random, List.of("Content-Type", "X-Amz-Target", "x-amz-meta-A", "Accept"));
      headers.put(name, pick(random, List.of("a/b", " a   b ", "x,y , z", "a\t b", "", "Ünï")));
    }
    Optional<byte[]> body =
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(pick(random, TEXTS).repeat(9).getBytes(StandardCharsets.UTF_8));
    String method = body.isPresent() ? pick(random, List.of("POST", "PUT")) : "GET";
    return new HttpRequest(Purpose.DATA, method, url(random), headers, body);
  }

  private static String url(Random random) {
    StringBuilder url =
        new StringBuilder(
            pick(
                random,
                List.of(
                    "https://glue.eu-west-3.amazonaws.com",
                    "http://127.0.0.1:5000",
                    "https://things.example:443/base",
                    "http://things.example:80",
                    "https://[::1]:8443")));
    for (int i = random.nextInt(4); i > 0; i--) {
      url.append('/').append(pick(random, List.of(Percent.encode(pick(random, TEXTS)), ".")));
    }
    for (int i = random.nextInt(5), n = 0; n < i; n++) {
      url.append(n == 0 ? '?' : '&').append(Percent.encode(pick(random, TEXTS) + "k"));
      if (random.nextInt(4) > 0) {
        url.append('=').append(Percent.encode(pick(random, TEXTS)));
      }
    }
    return url.toString();
  }

  private static <T> T pick(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  @Test
  void parameters_are_signed_in_their_order_and_their_one_encoding() {
    for (String query :
        List.of(
            "list-type=2&prefix=a%2Fb&delimiter=/",
            "a=2&a=1&a", "a-b=1&a=2&a%2D=3", "x=a+b&y=%7e%41%c3%bc&Z=", "uploads", "b&a")) {
      String url = "https://bucket.s3.eu-west-3.amazonaws.com/?" + query;
      assertSameAsSdk("s3", false, request("GET", url, Map.of()));
      assertSameAsSdk("things", false, request("GET", url, Map.of()));
    }
  }

  @Test
  void what_proxies_change_is_not_signed() {
    Map<String, String> headers =
        Map.of(
            "Connection", "keep-alive",
            "User-Agent", "quire",
            "X-Amzn-Trace-Id", "Root=1",
            "Expect", "100-continue",
            "Transfer-Encoding", "chunked",
            "x-amz-date-of-birth", "1");
    assertSameAsSdk("glue", false, request("POST", "https://glue.example/", headers));
  }

  @Test
  void the_host_is_signed_as_it_is_sent() {
    HttpRequest written = request("POST", "HTTPS://Glue.Example:443/", Map.of());
    HttpRequest sent = request("POST", "https://glue.example/", Map.of());
    assertThat(new SigV4("eu-west-3", "glue", true).sign(written, KEYS, NOW))
        .isEqualTo(new SdkSigner("eu-west-3", "glue", true).sign(sent, KEYS, NOW));
  }

  @Test
  void the_key_is_that_of_the_day_and_of_the_secret() {
    SigV4 ours = new SigV4("us-east-1", "glue", false);
    SdkSigner sdk = new SdkSigner("us-east-1", "glue", false);
    HttpRequest request = request("POST", "https://glue.example/", Map.of());
    for (String moment :
        List.of("2026-01-02T23:59:59Z", "2026-01-03T00:00:00Z", "2026-01-02T23:59:59Z")) {
      for (String secret : List.of("one", "two", "a".repeat(100))) {
        AwsCredentialsIdentity identity = AwsBasicCredentials.create("AKID", secret);
        Instant now = Instant.parse(moment);
        assertThat(ours.sign(request, identity, now)).isEqualTo(sdk.sign(request, identity, now));
      }
    }
  }

  @Test
  void hmac_gives_the_values_of_rfc_4231() {
    assertThat(hmac("Jefe", "what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    assertThat(Sha256.hmac(HexFormat.of().parseHex("aa".repeat(131)), bytes(LONG_KEY)))
        .isEqualTo(
            HexFormat.of()
                .parseHex("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
  }

  private static final String LONG_KEY = "Test Using Larger Than Block-Size Key - Hash Key First";

  private static String hmac(String key, String data) {
    return HexFormat.of().formatHex(Sha256.hmac(bytes(key), bytes(data)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
