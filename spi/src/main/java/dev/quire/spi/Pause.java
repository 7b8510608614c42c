package dev.quire.spi;

import java.time.Duration;

/**
 * Why a request may not be sent yet. Immutable.
 *
 * @param time after which to ask again, above zero
 * @param reason in a few words: {@code the day's calls of crm are used up}
 */
public record Pause(Duration time, String reason) {}
