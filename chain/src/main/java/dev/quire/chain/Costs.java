package dev.quire.chain;

import java.time.Duration;

/**
 * What a statement has cost so far. Immutable.
 *
 * @param calls requests for rows and counts that were sent, retries included
 * @param metadataCalls requests for metadata and credentials
 * @param pages answered pages
 * @param retries attempts after a first one
 * @param bytes of bodies, as they came over the wire
 * @param waited back-off, retry-after and rate limit, added up over all requests
 */
public record Costs(
    long calls, long metadataCalls, long pages, long retries, long bytes, Duration waited) {}
