package dev.quire.aws;

import dev.quire.http.FaultReader;
import dev.quire.http.Refusal;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.Locale;
import java.util.Optional;

/**
 * Remembers whether the last error answer was about the page size: some operations do not allow one
 * together with other members, or less than their model says. One thread at a time.
 */
final class SizeFaults implements FaultReader {
  private final FaultReader faults;
  private final Optional<String> limit;
  private boolean refused;

  /**
   * @param limit the member that takes the page size, if one was asked for
   */
  SizeFaults(FaultReader faults, Optional<String> limit) {
    this.faults = faults;
    this.limit = limit;
  }

  @Override
  public SourceException read(Refusal refusal) {
    SourceException fault = faults.read(refusal);
    String said = refusal.body().toLowerCase(Locale.ROOT);
    refused =
        fault.kind() == ErrorKind.REJECTED
            && refusal.status() == 400
            && limit.filter(name -> said.contains(name.toLowerCase(Locale.ROOT))).isPresent();
    return fault;
  }

  boolean refused() {
    return refused;
  }
}
