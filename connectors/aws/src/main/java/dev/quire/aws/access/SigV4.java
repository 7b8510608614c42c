package dev.quire.aws.access;

import dev.quire.aws.wire.Percent;
import dev.quire.http.HttpRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
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
  private static final String CONTENT_HASH = "x-amz-content-sha256";
  private static final String UNSIGNED = "UNSIGNED-PAYLOAD";

  /** What proxies change on the way. */
  private static final Set<String> NOT_SIGNED =
      Set.of(
          "connection",
          "x-amzn-trace-id",
          "user-agent",
          "expect",
          "transfer-encoding",
          "authorization");

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
    StringBuilder names = new StringBuilder(96);
    String canonical = canonical(request, headers, names);
    String text =
        ALGORITHM + "\n" + time + "\n" + day + scope + "\n" + hex(Sha256.of(bytes(canonical)));
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
            + names
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
    boolean safe = request.body().isEmpty() || isSecure(request.url());
    return unsignedBody && safe ? UNSIGNED : hex(Sha256.of(request.body().orElse(new byte[0])));
  }

  /**
   * @param added headers that the request has not yet
   * @param names takes the names of the signed headers
   */
  private String canonical(
      HttpRequest request, SortedMap<String, String> added, StringBuilder names) {
    String url = request.url();
    int host = url.indexOf("://") + 3;
    int path = end(url, host, "/?#");
    int query = end(url, path, "?#");
    StringBuilder text = new StringBuilder(512);
    text.append(request.method()).append('\n');
    text.append(path(url.substring(path, query))).append('\n');
    if (query < url.length() && url.charAt(query) == '?') {
      query(url.substring(query + 1, end(url, query + 1, "#")), text);
    }
    text.append('\n');
    SortedMap<String, String> headers = new TreeMap<>(added);
    headers.putAll(request.headers());
    headers.put("Host", authority(url.substring(host, path), isSecure(url)));
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (!NOT_SIGNED.contains(name)) {
        names.append(names.isEmpty() ? "" : ";").append(name);
        text.append(name).append(':');
        folded(header.getValue(), text);
        text.append('\n');
      }
    }
    return text.append('\n')
        .append(names)
        .append('\n')
        .append(headers.get(CONTENT_HASH))
        .toString();
  }

  private static int end(String url, int from, String marks) {
    int at = from;
    while (at < url.length() && marks.indexOf(url.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean isSecure(String url) {
    return url.regionMatches(true, 0, "https:", 0, 6);
  }

  /** As the door writes it into Host: in lower case, without the default port. */
  private static String authority(String written, boolean secure) {
    String standard = secure ? ":443" : ":80";
    int end = written.length() - (written.endsWith(standard) ? standard.length() : 0);
    return written.substring(0, end).toLowerCase(Locale.ROOT);
  }

  /** S3's paths are signed as they are; others without dots in them, and encoded once more. */
  private String path(String raw) {
    if (raw.isEmpty() || plainPath) {
      return raw.isEmpty() ? "/" : raw;
    }
    return Percent.encodePath(raw.contains("/.") || raw.contains("//") ? normal(raw) : raw);
  }

  /** Without the slash at its end that the last dot leaves. */
  private static String normal(String raw) {
    String normal = URI.create("http://host" + raw).normalize().getRawPath();
    boolean left = normal.length() > 1 && normal.endsWith("/") && !raw.endsWith("/");
    return left ? normal.substring(0, normal.length() - 1) : normal;
  }

  /** Sorted by names and then by values, each encoded in the one way that is meant. */
  private static void query(String raw, StringBuilder text) {
    SortedMap<String, List<String>> values = new TreeMap<>();
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      String name = canonical(equals < 0 ? pair : pair.substring(0, equals));
      String value = canonical(equals < 0 ? "" : pair.substring(equals + 1));
      values.computeIfAbsent(name, first -> new ArrayList<>()).add(value);
    }
    StringJoiner all = new StringJoiner("&");
    values.forEach(
        (name, each) -> each.stream().sorted().forEach(value -> all.add(name + "=" + value)));
    text.append(all);
  }

  private static String canonical(String encoded) {
    boolean plain = encoded.indexOf('%') < 0 && encoded.indexOf('+') < 0;
    return Percent.encode(plain ? encoded : URLDecoder.decode(encoded, StandardCharsets.UTF_8));
  }

  /** A header's value with single blanks, and none around it. */
  private static void folded(String value, StringBuilder text) {
    int start = text.length();
    boolean blank = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        blank = true;
      } else {
        if (blank && text.length() > start) {
          text.append(' ');
        }
        blank = false;
        text.append(c);
      }
    }
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
