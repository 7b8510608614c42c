package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A parser that keeps a hash of everything that passes while it is told to. */
final class Fingerprint extends JsonParserDelegate {
  private boolean on;
  private long hash = 1;

  Fingerprint(JsonParser json) {
    super(json);
  }

  /** From now on counts what passes, or no longer. */
  void turn(boolean wanted) {
    on = wanted;
  }

  /** The hash of what has passed since this was asked the last time. */
  long take() {
    long taken = hash;
    hash = 1;
    return taken;
  }

  @Override
  public @Nullable JsonToken nextToken() throws IOException {
    JsonToken token = super.nextToken();
    if (on && token != null) {
      hash = (hash ^ (text(token) + token.id() * 31L)) * 0x100000001B3L;
    }
    return token;
  }

  /** A hash of a token's text, without a string for it. */
  private long text(JsonToken token) throws IOException {
    if (token == JsonToken.FIELD_NAME) {
      return currentName().hashCode();
    }
    if (!token.isScalarValue()) {
      return 7;
    }
    char[] characters = getTextCharacters();
    int end = getTextOffset() + getTextLength();
    long text = 0;
    for (int at = getTextOffset(); at < end; at++) {
      text = text * 31 + characters[at];
    }
    return text;
  }

  @Override
  public JsonParser skipChildren() throws IOException {
    int depth = currentToken().isStructStart() ? 1 : 0;
    while (depth > 0) {
      JsonToken token = nextToken();
      if (token == null) {
        return this;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
    }
    return this;
  }
}
