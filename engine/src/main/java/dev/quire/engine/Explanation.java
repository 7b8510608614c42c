package dev.quire.engine;

import dev.quire.chain.Costs;
import dev.quire.spi.RequestPreview;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a statement will do, before a row is read. Immutable; {@link #text()} is for people.
 *
 * @param operators the engine's own work, one indented line per operator, from the result down
 * @param scans in the order in which they are opened
 * @param spent what finding this out has cost (metadata, counts)
 */
public record Explanation(List<String> operators, List<Scan> scans, Costs spent) {

  /**
   * One scan.
   *
   * @param place {@code crm.accounts}
   * @param request the first request, secrets masked
   * @param pushed what the source does, one clause each: {@code filter statecode = 0 (exact)}
   * @param residual what the engine does again or alone
   * @param pageSize rows a page at most
   * @param expectedCalls the most likely number of calls; empty when it cannot be told
   * @param reckoning how that number was reached: {@code 12,001 rows ($count) in pages of 5,000}
   */
  public record Scan(
      String place,
      RequestPreview request,
      List<String> pushed,
      List<String> residual,
      OptionalInt pageSize,
      OptionalLong expectedCalls,
      String reckoning,
      Optional<String> drivenBy) {}

  /** The plan as the command line and EXPLAIN show it. */
  public String text() {
    throw new UnsupportedOperationException();
  }
}
