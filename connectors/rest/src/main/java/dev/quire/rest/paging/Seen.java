package dev.quire.rest.paging;

import dev.quire.rest.json.Answer;
import dev.quire.rest.json.Found;
import dev.quire.rest.spec.Signal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page, and how it was asked for. Immutable.
 *
 * @param url that answered
 * @param headers all values of a header
 * @param from its continuation; empty for the first page
 * @param pageSize that was asked for
 */
public record Seen(
    Answer answer,
    String url,
    Function<String, List<String>> headers,
    Optional<String> from,
    OptionalInt pageSize) {

  /** What a signal says; empty if the answer lacks it or it says nothing. */
  public Optional<Found> find(Signal signal) {
    @Nullable Found found = null;
    if (signal instanceof Signal.InBody body) {
      found = answer.body().get(body.pointer());
    } else if (signal instanceof Signal.InLastRow row) {
      found = answer.lastRow().get(row.pointer());
    } else if (signal instanceof Signal.InHeader header) {
      found =
          headers.apply(header.name()).stream()
              .findFirst()
              .map(text -> new Found(text, text.strip()))
              .orElse(null);
    }
    return Optional.ofNullable(found).filter(each -> !each.isBlank());
  }

  /** How many rows the page has. */
  public int rows() {
    return answer.rows().size();
  }
}
