package dev.quire.odata;

import dev.quire.http.FaultReader;
import dev.quire.http.Refusal;
import dev.quire.odata.json.ServiceError;
import dev.quire.spi.SourceException;
import java.util.regex.Pattern;

/**
 * Reads error answers to a request that asks for a page size with {@code $top}, and remembers
 * whether the last of them was about that size: tables of one service differ in the size that they
 * allow, and in whether they allow any. One thread at a time.
 */
final class PageSizeFaults implements FaultReader {
  private static final Pattern ABOUT_SIZE =
      Pattern.compile(
          "\\btop\\b|page ?size|more than \\d+ \\w+ at a time", Pattern.CASE_INSENSITIVE);

  private final FaultReader faults;
  private boolean refused;

  PageSizeFaults(FaultReader faults) {
    this.faults = faults;
  }

  @Override
  public SourceException read(Refusal refusal) {
    refused =
        (refusal.status() == 400 || refusal.status() == 501)
            && ServiceError.of(refusal.body())
                .filter(error -> ABOUT_SIZE.matcher(error.message()).find())
                .isPresent();
    return faults.read(refusal);
  }

  boolean refused() {
    return refused;
  }
}
