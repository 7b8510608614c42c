package dev.quire.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;

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
 * @param table whose rows or count were asked for; empty for metadata and credentials
 * @param page of that scan's chain, counted from 1
 * @param quotas what the answer said of the caller's quotas
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
    Optional<String> fault,
    Optional<TableName> table,
    OptionalLong page,
    List<Quota> quotas) {

  public RequestReport {
    quotas = List.copyOf(quotas);
  }

  /** A report of nobody's page yet. */
  public RequestReport(
      CallContext.Purpose purpose,
      String source,
      String method,
      String url,
      int attempt,
      OptionalInt status,
      long bytes,
      Duration waited,
      Duration took,
      Optional<String> fault) {
    this(
        purpose,
        source,
        method,
        url,
        attempt,
        status,
        bytes,
        waited,
        took,
        fault,
        Optional.empty(),
        OptionalLong.empty(),
        List.of());
  }

  /** The same for a page of a table. */
  public RequestReport forPage(TableName scanned, long number) {
    return new RequestReport(
        purpose,
        source,
        method,
        url,
        attempt,
        status,
        bytes,
        waited,
        took,
        fault,
        Optional.of(scanned),
        OptionalLong.of(number),
        quotas);
  }

  /** The same with what the answer said of quotas. */
  public RequestReport withQuotas(List<Quota> said) {
    return new RequestReport(
        purpose, source, method, url, attempt, status, bytes, waited, took, fault, table, page,
        said);
  }

  /** The same with its texts changed, for who must keep them short. */
  public RequestReport withTexts(UnaryOperator<String> change) {
    return new RequestReport(
        purpose,
        source,
        method,
        change.apply(url),
        attempt,
        status,
        bytes,
        waited,
        took,
        fault.map(change),
        table,
        page,
        quotas);
  }
}
