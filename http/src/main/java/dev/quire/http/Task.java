package dev.quire.http;

import dev.quire.spi.CallContext;

/**
 * What an exchange is to do, for whom, and what becomes of its answers. Immutable.
 *
 * @param cancellation ends it from outside
 */
record Task<T>(
    HttpRequest request,
    CallContext context,
    Cancellation cancellation,
    FaultReader faults,
    ResponseReader<T> reader) {}
