package dev.quire.rest.paging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.rest.json.JsonText;
import dev.quire.rest.spec.PagingSpec.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes tokens from the answer into the next request; an absent, null or empty one is none. */
record TokenPager(Token spec) implements Pager {
  private static final JsonFactory FACTORY = new JsonFactory();

  @Override
  public void apply(Optional<String> from, Target target) {
    if (from.isEmpty()) {
      return;
    }
    List<@Nullable String> tokens = parsed(from.get());
    for (int i = 0; i < spec.parts().size(); i++) {
      String token = tokens.get(i);
      if (token != null) {
        target.put(spec.parts().get(i).to(), token);
      }
    }
  }

  @Override
  public Optional<String> next(Seen seen) {
    List<@Nullable String> tokens = new ArrayList<>();
    boolean any = false;
    for (Token.Part part : spec.parts()) {
      Optional<String> token = seen.find(part.from()).map(found -> found.text());
      any |= token.isPresent();
      tokens.add(token.orElse(null));
    }
    Optional<String> next = any ? Optional.of(JsonText.of(tokens)) : Optional.empty();
    if (spec.repeatEnds() && next.equals(seen.from())) {
      return Optional.empty();
    }
    return More.weigh(spec.more(), seen, next);
  }

  private static List<@Nullable String> parsed(String place) {
    List<@Nullable String> tokens = new ArrayList<>();
    try (JsonParser json = FACTORY.createParser(place)) {
      json.nextToken();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        tokens.add(json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("not a place of this style: " + place, e);
    }
    return tokens;
  }
}
