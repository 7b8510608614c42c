package dev.quire.http;

import java.time.Duration;

/**
 * How the door behaves. Immutable.
 *
 * @param attempts the most for one request
 * @param maxWait the cap on Retry-After
 * @param maxBody decoded bytes
 */
record DoorSettings(
    Duration connectTimeout,
    Duration requestTimeout,
    int attempts,
    Duration maxWait,
    int concurrency,
    long maxBody) {

  static DoorSettings from(DoorConfig config) {
    return new DoorSettings(
        config.requireDuration(DoorProperties.CONNECT_TIMEOUT),
        config.requireDuration(DoorProperties.REQUEST_TIMEOUT),
        config.requireCount(DoorProperties.ATTEMPTS, 100),
        config.requireDuration(DoorProperties.MAX_WAIT),
        config.requireCount(DoorProperties.CONCURRENCY, 1_000),
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
        maxBody);
  }
}
