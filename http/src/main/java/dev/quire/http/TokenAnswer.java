package dev.quire.http;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Reads what those who give tokens answer (RFC 6749, section 5). */
final class TokenAnswer {
  private static final int MOST_ANSWER = 1 << 20;

  private TokenAnswer() {}

  /** The scalar members of an answer; none when it is no JSON object. */
  static Map<String, String> fields(HttpResponse response) throws IOException {
    byte[] bytes = response.body().readNBytes(MOST_ANSWER);
    return fields(new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * The token of an answer.
   *
   * @param fields its members
   * @param from who gave the answer
   * @param secrets gets what must not be shown
   * @param now for those who tell the end of a token and not its life
   * @throws SourceException MALFORMED_RESPONSE when there is none
   */
  static TokenSource.Token read(
      Map<String, String> fields, String from, Secrets secrets, Instant now) {
    String value = fields.getOrDefault("access_token", "");
    String type = fields.getOrDefault("token_type", "Bearer");
    boolean usable = value.matches("[\\x21-\\x7e]+") && type.equalsIgnoreCase("bearer");
    if (!usable) {
      throw new SourceException(
          ErrorKind.MALFORMED_RESPONSE, from + " answered without a usable bearer token");
    }
    Optional<String> refresh =
        Optional.ofNullable(fields.get("refresh_token")).filter(text -> !text.isBlank());
    secrets.add(value);
    refresh.ifPresent(text -> secrets.add(text, Authenticators.encoded(text)));
    return new TokenSource.Token(value, lifetime(fields, now), refresh);
  }

  private static Optional<Duration> lifetime(Map<String, String> fields, Instant now) {
    Optional<Duration> told = seconds(fields, "expires_in");
    return told.isPresent()
        ? told
        : seconds(fields, "expires_on")
            .map(end -> end.minusSeconds(now.getEpochSecond()))
            .map(left -> left.isNegative() ? Duration.ZERO : left);
  }

  /** A number of seconds, written as a number or as a text. */
  static Optional<Duration> seconds(Map<String, String> fields, String name) {
    String text = fields.getOrDefault(name, "");
    return text.matches("\\d{1,10}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(text)))
        : Optional.empty();
  }

  /** The scalar members of an answer; none when it is no JSON object. */
  static Map<String, String> fields(String body) {
    try {
      return JsonFields.parse(body);
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** What an answer says went wrong, in a line; empty if it says nothing. */
  static String said(Map<String, String> fields) {
    String error = fields.getOrDefault("error", "");
    String detail = fields.getOrDefault("error_description", "");
    return Faults.excerpt(error + (detail.isEmpty() ? "" : ": " + detail));
  }
}
