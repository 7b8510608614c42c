package dev.quire.chain;

import dev.quire.spi.CallContext.Purpose;
import dev.quire.spi.RequestReport;
import java.time.Duration;

/** Adds up costs. One thread at a time. */
final class Tab {
  private long calls;
  private long metadataCalls;
  private long pages;
  private long retries;
  private long bytes;
  private Duration waited = Duration.ZERO;
  private long rows;

  static boolean isFree(Purpose purpose) {
    return purpose == Purpose.METADATA || purpose == Purpose.TOKEN;
  }

  void add(RequestReport report) {
    if (isFree(report.purpose())) {
      metadataCalls++;
    } else {
      calls++;
      pages += report.purpose() == Purpose.DATA && report.fault().isEmpty() ? 1 : 0;
    }
    retries += report.attempt() > 1 ? 1 : 0;
    bytes += report.bytes();
    waited = waited.plus(report.waited());
  }

  void addRows(long more) {
    rows += more;
  }

  long rows() {
    return rows;
  }

  Costs costs() {
    return new Costs(calls, metadataCalls, pages, retries, bytes, waited);
  }
}
