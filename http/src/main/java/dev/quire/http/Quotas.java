package dev.quire.http;

import dev.quire.spi.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of an answer say of quotas: {@code RateLimit} and {@code RateLimit-Policy} (IETF
 * draft-ietf-httpapi-ratelimit-headers, and the forms of its earlier versions), {@code
 * X-RateLimit-*} as GitHub and many others send them, Dataverse's {@code x-ms-ratelimit-*} and
 * Salesforce's {@code Sforce-Limit-Info}. What has another form is as if it were absent.
 */
final class Quotas {
  private static final String REQUESTS = "requests";
  private static final List<String> PREFIXES =
      List.of("X-RateLimit-", "X-Rate-Limit-", "RateLimit-");
  private static final Pattern NUMBER =
      Pattern.compile("\\s*(\\d{1,3}(?:,\\d{3})+|\\d{1,15})(\\.\\d{1,9})?\\s*(?:[,;].*)?");
  private static final Pattern ITEM =
      Pattern.compile(
          "\\s*(?:\"([^\"]{0,100})\"|([\\w.*-]{1,100}))((?:\\s*;\\s*\\w+=[^;,]+)*)\\s*");
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)\\s*=\\s*(\\d{1,15})(?!\\d)");
  private static final Pattern USED = Pattern.compile("api-usage=(\\d{1,15})/(\\d{1,15})");
  private static final long MOST_AHEAD_DAYS = 400;
  private static final long LEAST_EPOCH_SECONDS = 1_000_000_000L;
  private static final long LEAST_EPOCH_MILLIS = 1_000_000_000_000L;

  private final Headers headers;
  private final Instant now;
  private final List<Quota> found = new ArrayList<>();

  private Quotas(Headers headers, Instant now) {
    this.headers = headers;
    this.now = now;
  }

  static List<Quota> of(Headers headers, Instant now) {
    if (!headers.hasNameWith("limit")) {
      return List.of();
    }
    Quotas quotas = new Quotas(headers, now);
    quotas.structured();
    quotas.prefixed();
    quotas.named("x-ms-ratelimit-burst-remaining-xrm-requests", REQUESTS);
    quotas.named("x-ms-ratelimit-time-remaining-xrm-requests", "seconds of execution");
    quotas.salesforce();
    return List.copyOf(quotas.found);
  }

  /** Whether an answer says that nothing is left; GitHub refuses with 403 then. */
  static boolean isUsedUp(Headers headers) {
    return of(headers, Instant.EPOCH).stream().anyMatch(Quota::isUsedUp);
  }

  /** The longest wait until those that are used up are there again; empty if none is. */
  static Optional<Duration> wait(List<Quota> quotas, Instant now) {
    return quotas.stream()
        .filter(Quota::isUsedUp)
        .flatMap(quota -> quota.resets().stream())
        .map(moment -> Duration.between(now, moment))
        .filter(wait -> wait.compareTo(Duration.ZERO) > 0)
        .max(Duration::compareTo);
  }

  private void structured() {
    Map<String, Map<String, Long>> policies = items("RateLimit-Policy");
    items("RateLimit")
        .forEach(
            (name, values) -> {
              Long remaining = values.getOrDefault("r", values.get("remaining"));
              Map<String, Long> policy = policies.getOrDefault(name, Map.of());
              Long limit = values.getOrDefault("limit", policy.get("q"));
              Long reset = values.getOrDefault("t", values.get("reset"));
              if (remaining != null) {
                found.add(new Quota(name, number(limit), remaining, after(reset)));
              }
            });
  }

  private static OptionalLong number(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private Optional<Instant> after(@Nullable Long seconds) {
    return seconds == null
        ? Optional.empty()
        : sensible(now.plusSeconds(Math.min(seconds, Duration.ofDays(36_500).toSeconds())));
  }

  /** {@code "name";r=50;t=30}, or {@code limit=100, remaining=50, reset=5} without a name. */
  private Map<String, Map<String, Long>> items(String header) {
    Map<String, Map<String, Long>> items = new LinkedHashMap<>();
    for (String word : headers.words(header)) {
      Matcher item = ITEM.matcher(word);
      String name = item.matches() ? Optional.ofNullable(item.group(1)).orElse(item.group(2)) : "";
      String rest = item.matches() ? item.group(3) : word;
      String key = name.isBlank() || name.equals("default") ? REQUESTS : name;
      Map<String, Long> values = items.computeIfAbsent(key, absent -> new LinkedHashMap<>());
      Matcher parameter = PARAMETER.matcher(rest);
      while (parameter.find()) {
        values.putIfAbsent(parameter.group(1), Long.valueOf(parameter.group(2)));
      }
    }
    return items;
  }

  private void prefixed() {
    for (String prefix : PREFIXES) {
      OptionalLong remaining = amount(prefix + "Remaining");
      if (remaining.isPresent()) {
        String name = headers.first(prefix + "Resource").orElse(REQUESTS);
        Optional<Instant> resets = headers.first(prefix + "Reset").flatMap(this::moment);
        found.add(
            new Quota(
                Excerpt.of(name, 100), amount(prefix + "Limit"), remaining.getAsLong(), resets));
        return;
      }
    }
  }

  private void named(String header, String name) {
    OptionalLong remaining = amount(header);
    if (remaining.isPresent()) {
      found.add(new Quota(name, OptionalLong.empty(), remaining.getAsLong(), Optional.empty()));
    }
  }

  private void salesforce() {
    Matcher used = USED.matcher(headers.first("Sforce-Limit-Info").orElse(""));
    if (used.find()) {
      long limit = Long.parseLong(used.group(2));
      long left = Math.max(0, limit - Long.parseLong(used.group(1)));
      found.add(new Quota("calls of the day", OptionalLong.of(limit), left, Optional.empty()));
    }
  }

  private OptionalLong amount(String header) {
    return headers
        .first(header)
        .flatMap(Quotas::decimal)
        .map(value -> OptionalLong.of(value.setScale(0, RoundingMode.DOWN).longValue()))
        .orElse(OptionalLong.empty());
  }

  private static Optional<BigDecimal> decimal(String text) {
    Matcher matcher = NUMBER.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new BigDecimal(
                matcher.group(1).replace(",", "")
                    + Optional.ofNullable(matcher.group(2)).orElse("")))
        : Optional.empty();
  }

  /** Seconds from now, seconds or milliseconds since 1970, or a date: services differ. */
  private Optional<Instant> moment(String text) {
    Optional<BigDecimal> number = decimal(text);
    if (number.isPresent()) {
      long value = number.get().setScale(0, RoundingMode.CEILING).longValue();
      if (value >= LEAST_EPOCH_MILLIS) {
        return sensible(Instant.ofEpochMilli(value));
      }
      return value >= LEAST_EPOCH_SECONDS
          ? sensible(Instant.ofEpochSecond(value))
          : sensible(now.plusSeconds(value));
    }
    try {
      return sensible(Instant.parse(text.strip()));
    } catch (DateTimeException e) {
      return RetryAfter.parse(text, now).flatMap(wait -> sensible(now.plus(wait)));
    }
  }

  private Optional<Instant> sensible(Instant moment) {
    return Optional.of(moment)
        .filter(each -> !each.isBefore(now.truncatedTo(ChronoUnit.SECONDS)))
        .filter(each -> each.isBefore(now.plus(MOST_AHEAD_DAYS, ChronoUnit.DAYS)));
  }
}
