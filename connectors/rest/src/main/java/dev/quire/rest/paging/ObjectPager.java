package dev.quire.rest.paging;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.rest.spec.PagingSpec.TokenObject;
import dev.quire.rest.spec.Place;
import dev.quire.rest.spec.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Takes all members of an object into the next request's parameters. */
record ObjectPager(TokenObject spec) implements Pager {
  private static final JsonFactory FACTORY = new JsonFactory();

  @Override
  public void apply(Optional<String> from, Target target) {
    if (from.isEmpty()) {
      return;
    }
    try (JsonParser json = FACTORY.createParser(from.get())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        target.put(Place.parameter(name), json.getText());
        json.skipChildren();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("not a place of this style: " + from.get(), e);
    }
  }

  @Override
  public Optional<String> next(Seen seen) {
    return seen.find(new Signal.InBody(spec.at()))
        .map(found -> found.json())
        .filter(json -> json.startsWith("{"));
  }
}
