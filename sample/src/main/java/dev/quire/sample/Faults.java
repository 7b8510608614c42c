package dev.quire.sample;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Errors on demand. Thread-safe. */
final class Faults {
  /** Number of requests exceeded the limit of 6000 over the time window of 300 seconds. */
  static final String THROTTLED = "0x80072322";

  private static final Pattern NEXT = Pattern.compile("next=(\\d{1,9})");
  private static final Pattern RETRY_AFTER = Pattern.compile("retryAfter=([\\d.]+)");

  private int left;
  private HttpAnswer answer = throttled("1");
  private int every;
  private long seen;

  Faults(int throttleEvery) {
    this.every = throttleEvery;
  }

  synchronized void failNext(int count, int status, String retryAfter, String code) {
    left = count;
    answer = refusal(status, retryAfter, code);
  }

  synchronized void throttleEvery(int requests) {
    every = requests;
    seen = 0;
  }

  /** The fault that the next request gets, if any. */
  synchronized Optional<HttpAnswer> next() {
    seen++;
    if (left > 0) {
      left--;
      return Optional.of(answer);
    }
    return every > 0 && seen % every == 0 ? Optional.of(throttled("1")) : Optional.empty();
  }

  /** The request that people make: {@code next=2&retryAfter=1}. */
  HttpAnswer throttleOnDemand(String query) {
    Matcher next = NEXT.matcher(query);
    Matcher pause = RETRY_AFTER.matcher(query);
    int count = next.find() ? Integer.parseInt(next.group(1)) : 1;
    String retryAfter = pause.find() ? pause.group(1) : "1";
    failNext(count, 429, retryAfter, THROTTLED);
    return HttpAnswer.text(
        200,
        "text/plain; charset=utf-8",
        String.format(
            Locale.ROOT, "The next %d requests get 429 with Retry-After: %s%n", count, retryAfter));
  }

  private static HttpAnswer throttled(String retryAfter) {
    return refusal(429, retryAfter, THROTTLED);
  }

  static HttpAnswer refusal(int status, String retryAfter, String code) {
    String message =
        code.equals(THROTTLED)
            ? "Number of requests exceeded the limit of 6000 over time window of 300 seconds."
            : "The server was told to fail.";
    HttpAnswer answer = HttpAnswer.fault(status, code, message);
    return retryAfter.isEmpty() ? answer : answer.withHeader("Retry-After", retryAfter);
  }
}
