package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/**
 * A body in another format as JSON, translated piece by piece while it is read, so that no more
 * than a row of it is held. One thread at a time.
 */
abstract class TranslatedText extends Reader {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final StringWriter written = new StringWriter();
  private final JsonGenerator out;
  private int taken;
  private boolean ended;

  TranslatedText() {
    try {
      out = FACTORY.createGenerator(written);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  /** Writes the next piece; false when there is none. */
  abstract boolean translate(JsonGenerator to) throws IOException;

  @Override
  public final int read(char[] into, int offset, int length) throws IOException {
    StringBuffer text = written.getBuffer();
    while (taken == text.length()) {
      if (ended) {
        return -1;
      }
      text.setLength(0);
      taken = 0;
      ended = !translate(out);
      out.flush();
    }
    int count = Math.min(length, text.length() - taken);
    text.getChars(taken, taken + count, into, offset);
    taken += count;
    return count;
  }

  /** The body belongs to who gave it. */
  @Override
  public final void close() {}
}
