package dev.quire.odata.json;

import dev.quire.http.Body;
import dev.quire.json.JsonReader;
import dev.quire.json.UncertainException;
import dev.quire.odata.metadata.Protocol;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pages of one collection, one after the other. A page that is not too long is read
 * straight from its bytes; where that is not certain, and for every error, {@link PageParser} reads
 * the same bytes. One thread at a time.
 */
public final class PageReader {
  private final Protocol protocol;
  private final RowPlan plan;
  private final JsonReader reader = new JsonReader();
  private final ByteRows rows;
  private int expectedRows;

  public PageReader(Protocol protocol, RowPlan plan) {
    this.protocol = protocol;
    this.plan = plan;
    this.rows = new ByteRows(reader, plan);
  }

  /**
   * Reads an answer that is a collection.
   *
   * @throws IOException when the stream breaks
   * @throws dev.quire.spi.SourceException as {@link PageParser#parse}
   */
  public ParsedPage read(Body body, String contentType) throws IOException {
    if (body.isWhole()) {
      ParsedPage page = find(body.array(), body.length());
      if (page != null) {
        expectedRows = page.rows().size();
        return page;
      }
    }
    return PageParser.parse(body.stream(), contentType, protocol, plan, false);
  }

  /** Null when it is not certain what the page says. */
  @Nullable ParsedPage find(byte[] page, int length) {
    Frame frame = new Frame(expectedRows);
    reader.open(page, length);
    rows.open(page);
    try {
      members(frame);
      reader.end();
    } catch (UncertainException e) {
      return null;
    }
    return frame.hasValue ? frame.page(protocol) : null;
  }

  private void members(Frame frame) throws UncertainException {
    reader.beginObject();
    for (String name; (name = reader.nextName()) != null; ) {
      Optional<String> control = protocol.control(name);
      if (control.isPresent()) {
        control(control.get(), frame);
      } else if (protocol.isRows(name)) {
        rows(frame);
      } else if (protocol.isEnvelope(name)) {
        envelope(frame);
      } else if (ServiceError.isError(name)) {
        throw UncertainException.INSTANCE;
      } else {
        reader.skip();
      }
    }
  }

  private void envelope(Frame frame) throws UncertainException {
    if (reader.peek() == '[') {
      rows(frame);
    } else {
      members(frame);
    }
  }

  private void control(String name, Frame frame) throws UncertainException {
    if (reader.peek() == '"') {
      frame.annotations.put(name, reader.text());
      return;
    }
    byte first = reader.peek();
    reader.skip();
    if (first != 'n' && first != '{' && first != '[') {
      frame.annotations.put(name, reader.skipped());
    }
  }

  private void rows(Frame frame) throws UncertainException {
    frame.hasValue = true;
    reader.beginArray();
    while (reader.hasNext()) {
      frame.rows.add(rows.take());
    }
  }
}
