package dev.quire.aws.wire;

import dev.quire.aws.model.Paginator;
import dev.quire.aws.model.Path;
import dev.quire.spi.Continuation;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Between the tokens of an answer and the continuation of a chain, which is a JSON object of
 * request members. A token that is absent, null or empty is the end, and is never sent. Immutable.
 */
public final class Tokens {
  private final Paginator paginator;

  public Tokens(Paginator paginator) {
    this.paginator = paginator;
  }

  /** What an answer must be asked for, for {@link #next}. */
  public List<Path> wanted() {
    List<Path> paths = new ArrayList<>();
    paginator.tokens().forEach(token -> paths.add(token.output()));
    paginator.moreResults().ifPresent(paths::add);
    return paths;
  }

  /**
   * Where the next page starts; empty at the end.
   *
   * @param from where this page started
   * @throws SourceException MALFORMED_RESPONSE when the service announces more and does not say
   *     where
   */
  public Optional<Continuation> next(Map<String, Object> captured, Optional<Continuation> from) {
    Optional<Path> more = paginator.moreResults();
    if (more.isPresent() && more.get().find(captured).isEmpty()) {
      return Optional.empty();
    }
    Map<String, Object> tokens = new LinkedHashMap<>();
    for (Paginator.Token token : paginator.tokens()) {
      token.output().find(captured).ifPresent(value -> tokens.put(token.input(), value));
    }
    if (!tokens.isEmpty()) {
      Continuation next = new Continuation(JsonTree.text(tokens));
      boolean end = paginator.repeatedTokenEnds() && from.equals(Optional.of(next));
      return end ? Optional.empty() : Optional.of(next);
    }
    if (more.isPresent()) {
      throw new SourceException(
              ErrorKind.MALFORMED_RESPONSE,
              "the service says that there are more results ("
                  + more.get()
                  + "), and gives no token to ask for them")
          .withHint("The rows so far are not all. Try again, or tell AWS's support.");
    }
    return Optional.empty();
  }

  /** The request members of a continuation. */
  @SuppressWarnings("unchecked")
  public Map<String, Object> members(Continuation from) {
    return JsonTree.parse(from.value())
        .filter(Map.class::isInstance)
        .map(tree -> (Map<String, Object>) tree)
        .orElseThrow(
            () ->
                new SourceException(
                    ErrorKind.INVALID_VALUE, "the place to go on is not one of this operation's"));
  }
}
