package dev.quire.odata.json;

import dev.quire.http.Body;
import dev.quire.http.TopLevelText;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.Continuation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The next link of an answer whose rows are not read yet. Only a guess: an answer that says
 * something else when it is read is right.
 */
public final class EarlyLink {
  private EarlyLink() {}

  /** Where the next page starts; empty at the end, or where that cannot be told so soon. */
  public static Optional<Continuation> of(Body body, Protocol protocol, String requestUrl) {
    Optional<String> link = text(body, protocol, "nextLink").filter(protocol::leadsOn);
    if (link.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> context = text(body, protocol, "context");
    return new ParsedPage(List.of(), link, context, OptionalLong.empty(), Map.of())
        .next(requestUrl);
  }

  private static Optional<String> text(Body body, Protocol protocol, String control) {
    for (String member : protocol.members(control)) {
      Optional<String> found = TopLevelText.find(body, member);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
