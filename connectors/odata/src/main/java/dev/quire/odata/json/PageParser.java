package dev.quire.odata.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.quire.http.Excerpt;
import dev.quire.odata.metadata.Protocol;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer from its first byte to its last: rows, next link, context, count. Whatever is
 * not a whole OData answer is an error, never an answer without rows. Used once, by one thread.
 */
public final class PageParser {
  private static final int HEAD = 400;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(256 << 20).build())
          .build();

  private final Protocol protocol;
  private final RowPlan plan;
  private final EntityReader entities;
  private final boolean singleton;
  private final Frame frame = new Frame();

  private PageParser(Protocol protocol, RowPlan plan, EntityReader entities, boolean singleton) {
    this.protocol = protocol;
    this.plan = plan;
    this.entities = entities;
    this.singleton = singleton;
  }

  /**
   * Reads an answer that is a collection, or with {@code singleton} one entity.
   *
   * @param protocol what the service speaks
   * @param contentType for messages
   * @throws IOException when the stream breaks
   * @throws SourceException MALFORMED_RESPONSE, INVALID_VALUE, or REMOTE_FAILURE for an error that
   *     the service wrote into an answer that began as a success
   */
  public static ParsedPage parse(
      InputStream body, String contentType, Protocol protocol, RowPlan plan, boolean singleton)
      throws IOException {
    return new PageParser(protocol, plan, plan, singleton).parse(body, contentType);
  }

  /** Reads an answer whose rows have collections below them. */
  public static ParsedPage parse(
      InputStream body, String contentType, Protocol protocol, Families families)
      throws IOException {
    return new PageParser(protocol, new RowPlan(List.of()), families, false)
        .parse(body, contentType);
  }

  private ParsedPage parse(InputStream body, String contentType) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(body, HEAD);
    byte[] head = whole.readNBytes(HEAD);
    requireJson(head, contentType);
    whole.unread(head);
    try (JsonParser json = FACTORY.createParser(whole)) {
      try {
        return read(json);
      } catch (JacksonException e) {
        throw broken(e, json);
      } catch (CharConversionException e) {
        throw malformed("the answer is not valid Unicode: " + e.getMessage(), e);
      }
    }
  }

  private static void requireJson(byte[] head, String contentType) {
    String text = new String(head, StandardCharsets.UTF_8);
    String start = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
    if (start.isEmpty() && head.length < HEAD) {
      throw malformed("the answer has no body", null)
          .withHint("An empty answer is not an empty table; ask the service's operator.");
    }
    // A zero byte: UTF-16 or UTF-32, which the JSON parser knows by itself.
    if (!start.startsWith("{") && start.indexOf('\0') < 0) {
      throw malformed(
              "the answer is not an OData page but "
                  + (contentType.isEmpty() ? "of no content type" : contentType)
                  + ": "
                  + Excerpt.of(start, 200),
              null)
          .withHint("A page of HTML is often a login form: check 'url' and 'auth'.");
    }
  }

  private ParsedPage read(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw malformed("the answer is not a JSON object", null);
    }
    @Nullable Object[] entity = new Object[plan.width()];
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      member(json, entity);
    }
    if (json.nextToken() != null) {
      throw malformed("the answer goes on after its end, at byte " + offset(json), null);
    }
    if (singleton) {
      frame.rows.add(entity);
    } else if (!frame.hasValue) {
      throw malformed("the answer is JSON without the list '" + protocol.rows() + "'", null)
          .withHint("Is 'url' the root of an OData service?");
    }
    return frame.page(protocol);
  }

  private void member(JsonParser json, @Nullable Object[] entity) throws IOException {
    String name = json.currentName();
    JsonToken token = json.nextToken();
    Optional<String> control = protocol.control(name);
    if (control.isPresent()) {
      control(json, control.get(), token);
    } else if (singleton && plan.wants(name)) {
      plan.take(json, name, entity, 1);
    } else if (!singleton && protocol.isRows(name)) {
      rows(json, name, token);
    } else if (protocol.isEnvelope(name)) {
      envelope(json, token, entity);
    } else if (ServiceError.isError(name) && token == JsonToken.START_OBJECT) {
      throw new SourceException(
          ErrorKind.REMOTE_FAILURE,
          "the service broke off its answer with an error: " + ServiceError.read(json).clause());
    } else {
      json.skipChildren();
    }
  }

  /** The list of rows itself, or an object with the list and more. */
  private void envelope(JsonParser json, JsonToken token, @Nullable Object[] entity)
      throws IOException {
    if (token == JsonToken.START_ARRAY) {
      rows(json, "d", token);
    } else if (token == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        member(json, entity);
      }
    }
  }

  private void control(JsonParser json, String name, JsonToken token) throws IOException {
    if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
      frame.annotations.put(name, json.getText());
    } else {
      json.skipChildren();
    }
  }

  private void rows(JsonParser json, String name, JsonToken token) throws IOException {
    if (token != JsonToken.START_ARRAY) {
      throw malformed("'" + name + "' is not a list in the answer", null);
    }
    frame.hasValue = true;
    List<@Nullable Object[]> rows = frame.rows;
    for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
      if (next != JsonToken.START_OBJECT) {
        throw malformed(
            String.format(Locale.ROOT, "row %,d of the page is not an object", rows.size() + 1),
            null);
      }
      rows.add(entities.read(json, rows.size() + 1L));
    }
  }

  private SourceException broken(JacksonException e, JsonParser json) {
    String where =
        String.format(
            Locale.ROOT,
            "at byte %s%s",
            offset(json),
            frame.hasValue && !frame.rows.isEmpty()
                ? String.format(Locale.ROOT, ", after row %,d of the page", frame.rows.size())
                : "");
    return e instanceof JsonEOFException
        ? malformed("the answer is cut off " + where, e)
        : malformed(
            "the answer is not valid JSON "
                + where
                + ": "
                + Excerpt.of(String.valueOf(e.getOriginalMessage()), 200),
            e);
  }

  private static String offset(JsonParser json) {
    long offset = json.currentLocation().getByteOffset();
    return offset < 0 ? "?" : String.format(Locale.ROOT, "%,d", offset);
  }

  private static SourceException malformed(String problem, @Nullable Throwable cause) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem, cause);
  }
}
