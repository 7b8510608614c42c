package dev.quire.aws.access;

import dev.quire.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signature version 4 in the headers of a request, for one region and service: AWS's "Create a
 * signed AWS API request". The signing key is kept for its day. Thread-safe.
 */
final class SigV4 {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  static final String CONTENT_HASH = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  private final String scope;
  private final String region;
  private final String service;
  private final boolean plainPath;
  private final boolean unsignedBody;
  private volatile @Nullable Key key;

  /** A signing key and what it was derived of. */
  private record Key(String secret, String day, byte[] bytes) {}

  /**
   * @param unsignedBody whether a body that is sent encrypted is not signed
   */
  SigV4(String region, String service, boolean unsignedBody) {
    this.region = region;
    this.service = service;
    this.scope = "/" + region + "/" + service + "/aws4_request";
    this.plainPath = service.equals("s3");
    this.unsignedBody = unsignedBody;
  }

  /** The headers to be added: the time, the body's hash, a session's token, the authorization. */
  Map<String, String> sign(HttpRequest request, AwsCredentialsIdentity identity, Instant now) {
    String time = time(now);
    String day = time.substring(0, 8);
    SortedMap<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("X-Amz-Date", time);
    if (identity instanceof AwsSessionCredentialsIdentity session) {
      headers.put("X-Amz-Security-Token", session.sessionToken());
    }
    headers.put(CONTENT_HASH, contentHash(request));
    CanonicalRequest canonical = CanonicalRequest.of(request, headers, plainPath);
    String text =
        ALGORITHM
            + "\n"
            + time
            + "\n"
            + day
            + scope
            + "\n"
            + hex(Sha256.of(bytes(canonical.text())));
    byte[] signature = Sha256.hmac(key(identity.secretAccessKey(), day), bytes(text));
    headers.put(
        "Authorization",
        ALGORITHM
            + " Credential="
            + identity.accessKeyId()
            + "/"
            + day
            + scope
            + ", SignedHeaders="
            + canonical.signedHeaders()
            + ", Signature="
            + hex(signature));
    return headers;
  }

  private byte[] key(String secret, String day) {
    Key known = key;
    if (known == null || !known.day().equals(day) || !known.secret().equals(secret)) {
      byte[] bytes = Sha256.hmac(bytes("AWS4" + secret), bytes(day));
      for (String part : List.of(region, service, "aws4_request")) {
        bytes = Sha256.hmac(bytes, bytes(part));
      }
      known = new Key(secret, day, bytes);
      key = known;
    }
    return known.bytes();
  }

  private String contentHash(HttpRequest request) {
    boolean safe = request.body().isEmpty() || CanonicalRequest.isSecure(request.url());
    return unsignedBody && safe ? UNSIGNED : hex(Sha256.of(request.body().orElse(new byte[0])));
  }

  /** {@code 20260102T030405Z} */
  private static String time(Instant now) {
    LocalDateTime utc = LocalDateTime.ofEpochSecond(now.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(16);
    digits(text, utc.getYear() / 100);
    digits(text, utc.getYear() % 100);
    digits(text, utc.getMonthValue());
    digits(text, utc.getDayOfMonth()).append('T');
    digits(text, utc.getHour());
    digits(text, utc.getMinute());
    return digits(text, utc.getSecond()).append('Z').toString();
  }

  private static StringBuilder digits(StringBuilder text, int number) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    char[] hex = new char[2 * bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      hex[2 * i] = Character.forDigit((bytes[i] >> 4) & 15, 16);
      hex[2 * i + 1] = Character.forDigit(bytes[i] & 15, 16);
    }
    return new String(hex);
  }
}
