package dev.quire.chain;

import java.util.Optional;

/**
 * Whether a result is all of it.
 *
 * @param complete true if every row that the statement asked for was delivered
 * @param reason why not, and where it stopped; empty when complete
 */
public record Verdict(boolean complete, Optional<String> reason) {
  public static final Verdict COMPLETE = new Verdict(true, Optional.empty());

  public static Verdict partial(String reason) {
    return new Verdict(false, Optional.of(reason));
  }
}
