package dev.quire.http;

import java.time.Duration;
import java.util.Optional;

/**
 * How the door behaves. Immutable.
 *
 * @param attempts the most for one request
 * @param maxWait the cap on Retry-After
 * @param rateLimit our own pace; empty for none
 * @param heedQuota whether to wait for a quota that the service says is used up
 * @param maxBody decoded bytes
 */
record DoorSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int attempts,
    Duration maxWait,
    int concurrency,
    Optional<RateLimit> rateLimit,
    boolean heedQuota,
    long maxBody) {

  static DoorSettings from(DoorConfig config) {
    return new DoorSettings(
        config.requireDuration(DoorProperties.CONNECT_TIMEOUT),
        config.requireDuration(DoorProperties.REQUEST_TIMEOUT),
        config.requireCount(DoorProperties.ATTEMPTS, 100),
        config.requireDuration(DoorProperties.MAX_WAIT),
        config.requireCount(DoorProperties.CONCURRENCY, 1_000),
        config.findRate(DoorProperties.RATE_LIMIT),
        config.requireChoice(DoorProperties.HEED_QUOTA).equals("true"),
        config.requireSize(DoorProperties.MAX_BODY));
  }

  /** The same, but for connecting no more time than this, and at least so many attempts. */
  DoorSettings withNear(Duration mostToConnect, int leastAttempts) {
    return new DoorSettings(
        connectTimeout.compareTo(mostToConnect) < 0 ? connectTimeout : mostToConnect,
        requestTimeout,
        Math.max(attempts, leastAttempts),
        maxWait,
        concurrency,
        rateLimit,
        heedQuota,
        maxBody);
  }
}
