package dev.quire.http;

import dev.quire.spi.TimeSource;
import java.time.Duration;

/**
 * Our own pace: gives every request its moment, so that no stretch of time as long as the limit's
 * period has more of them than the limit allows. Thread-safe.
 */
final class Pace {
  private final TimeSource time;
  private final long period;
  private final long[] moments;
  private int next;
  private boolean full;

  Pace(TimeSource time, RateLimit limit) {
    this.time = time;
    this.period = limit.period().toNanos();
    this.moments = new long[limit.requests()];
  }

  /** Takes the next moment; tells how long it is until then, zero for at once. */
  synchronized Duration take() {
    long now = time.nanoTime();
    long free = full ? moments[next] + period : now;
    long moment = free - now > 0 ? free : now;
    moments[next] = moment;
    next++;
    if (next == moments.length) {
      next = 0;
      full = true;
    }
    return Duration.ofNanos(moment - now);
  }
}
