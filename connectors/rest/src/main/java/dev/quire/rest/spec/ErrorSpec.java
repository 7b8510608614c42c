package dev.quire.rest.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the API says that something went wrong. Immutable.
 *
 * @param envelopes errors inside an answer whose status is a success
 * @param message where an error says why
 * @param code where it has a code
 * @param retryCodes codes that mean: try again later
 */
public record ErrorSpec(
    List<Envelope> envelopes,
    Optional<Pointer> message,
    Optional<Pointer> code,
    Set<String> retryCodes) {
  public static final ErrorSpec NONE =
      new ErrorSpec(List.of(), Optional.empty(), Optional.empty(), Set.of());

  public ErrorSpec {
    envelopes = List.copyOf(envelopes);
    retryCodes = Set.copyOf(retryCodes);
  }

  /**
   * What marks an error.
   *
   * @param value the value that marks it, as a text; empty if any value but null, false, "", [] and
   *     {} does
   * @param other whether it is any other value that marks it
   */
  public record Envelope(Pointer when, Optional<String> value, boolean other) {}
}
