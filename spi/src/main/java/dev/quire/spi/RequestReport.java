package dev.quire.spi;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One attempt at a request, as it is counted and may be shown.
 *
 * @param source the source's name
 * @param url secrets masked
 * @param attempt 1 for the first
 * @param status of the answer; empty when none came
 * @param bytes of the body as they came over the wire
 * @param waited before sending: back-off, retry-after, rate limit
 * @param took from sending to the end of the body
 * @param fault what went wrong, in a few words; empty for success
 */
public record RequestReport(
    CallContext.Purpose purpose,
    String source,
    String method,
    String url,
    int attempt,
    OptionalInt status,
    long bytes,
    Duration waited,
    Duration took,
    Optional<String> fault) {}
