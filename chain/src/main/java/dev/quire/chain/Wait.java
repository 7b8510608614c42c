package dev.quire.chain;

import java.time.Duration;

/**
 * What a statement waits for before it sends its next request. Immutable.
 *
 * @param left until it goes on
 * @param reason in a few words: {@code throttled}
 */
public record Wait(Duration left, String reason) {}
