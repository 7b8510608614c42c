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
      long text = token == JsonToken.FIELD_NAME || token.isScalarValue() ? getText().hashCode() : 7;
      hash = (hash ^ (text + token.id() * 31L)) * 0x100000001B3L;
    }
    return token;
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
