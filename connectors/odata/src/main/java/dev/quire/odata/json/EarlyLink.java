package dev.quire.odata.json;

import dev.quire.http.Body;
import dev.quire.json.OuterTexts;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.Continuation;
import java.util.Optional;

/**
 * The next link of an answer whose rows are not read yet. Only a guess: an answer that says
 * something else when it is read is right.
 */
public final class EarlyLink {
  private EarlyLink() {}

  /** Where the next page starts; empty at the end, or where that cannot be told so soon. */
  public static Optional<Continuation> of(Body body, Protocol protocol, String requestUrl) {
    Frame frame = new Frame();
    OuterTexts.of(body.array(), body.length())
        .forEach(
            (member, text) ->
                protocol.control(member).ifPresent(name -> frame.annotations.put(name, text)));
    return frame.page(protocol).next(requestUrl);
  }
}
