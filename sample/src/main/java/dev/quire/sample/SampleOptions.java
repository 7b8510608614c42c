package dev.quire.sample;

import java.util.Optional;

/**
 * How a sample server is set up. Immutable.
 *
 * @param port 0 for one that the system chooses
 * @param accounts rows of {@code accounts}, 1 to 10,000,000; they are computed when asked for, so
 *     the number costs no memory
 * @param contacts rows of {@code contacts}
 * @param opportunities rows of {@code opportunities}
 * @param edgeCases rows of {@code edgecases}, the awkward values; 0 for no such entity set
 * @param token the bearer token that each request must carry, if any
 * @param throttleEvery answers each k-th request with 429; 0 for never
 */
public record SampleOptions(
    int port,
    long accounts,
    long contacts,
    long opportunities,
    long edgeCases,
    Optional<String> token,
    int throttleEvery) {

  /** 12,001 accounts, 20,000 contacts, 3,000 opportunities, no more, no token, never throttled. */
  public static final SampleOptions DEFAULT =
      new SampleOptions(0, 12_001, 20_000, 3_000, 0, Optional.empty(), 0);

  public SampleOptions {
    requireCount("accounts", accounts);
    requireCount("contacts", contacts);
    requireCount("opportunities", opportunities);
    if (edgeCases != 0) {
      requireCount("edgeCases", edgeCases);
    }
    if (throttleEvery < 0 || throttleEvery == 1) {
      throw new IllegalArgumentException(
          "throttleEvery must be 0 or at least 2, not " + throttleEvery);
    }
  }

  public SampleOptions withPort(int wanted) {
    return new SampleOptions(
        wanted, accounts, contacts, opportunities, edgeCases, token, throttleEvery);
  }

  public SampleOptions withAccounts(long rows) {
    return new SampleOptions(port, rows, contacts, opportunities, edgeCases, token, throttleEvery);
  }

  public SampleOptions withContacts(long rows) {
    return new SampleOptions(port, accounts, rows, opportunities, edgeCases, token, throttleEvery);
  }

  public SampleOptions withOpportunities(long rows) {
    return new SampleOptions(port, accounts, contacts, rows, edgeCases, token, throttleEvery);
  }

  public SampleOptions withEdgeCases(long rows) {
    return new SampleOptions(port, accounts, contacts, opportunities, rows, token, throttleEvery);
  }

  public SampleOptions withToken(String required) {
    return new SampleOptions(
        port, accounts, contacts, opportunities, edgeCases, Optional.of(required), throttleEvery);
  }

  public SampleOptions withThrottleEvery(int requests) {
    return new SampleOptions(port, accounts, contacts, opportunities, edgeCases, token, requests);
  }

  /** Shows no token. */
  @Override
  public String toString() {
    return "SampleOptions[port=%d, accounts=%d, contacts=%d, opportunities=%d, token=%s, every=%d]"
        .formatted(port, accounts, contacts, opportunities, token.map(t -> "***"), throttleEvery);
  }

  private static void requireCount(String what, long rows) {
    if (rows < 1 || rows > 10_000_000) {
      throw new IllegalArgumentException(what + " must be 1 to 10,000,000, not " + rows);
    }
  }
}
