package dev.quire.rest.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.quire.http.Excerpt;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers from their first byte to their last: the rows, and the values that steer paging,
 * wherever they stand. Whatever is not a whole answer is an error, never an answer without rows.
 * Immutable and thread-safe.
 */
public final class AnswerParser {
  private static final int HEAD = 400;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(256 << 20).build())
          .build();

  private final Rows rows;
  private final RowPlan plan;
  private final boolean fingerprint;
  private final Node root = new Node();

  private static final class Node {
    private final Map<String, Node> inner = new HashMap<>();
    private final List<Pointer> wanted = new ArrayList<>();
    private boolean isRows;
  }

  /**
   * @param columns of a row, in order
   * @param wanted values of the body to look for
   * @param ofLastRow values of the last row to look for
   * @param fingerprint whether the rows' hashes are wanted
   */
  public AnswerParser(
      Rows rows,
      List<ColumnSpec> columns,
      Collection<Pointer> wanted,
      Collection<Pointer> ofLastRow,
      boolean fingerprint) {
    this.rows = rows;
    this.plan = new RowPlan(columns, ofLastRow);
    this.fingerprint = fingerprint;
    node(rows.at()).isRows = true;
    wanted.forEach(pointer -> node(pointer).wanted.add(pointer));
  }

  private Node node(Pointer pointer) {
    Node node = root;
    for (String step : pointer.steps()) {
      node = node.inner.computeIfAbsent(step, key -> new Node());
    }
    return node;
  }

  /** What is known while an answer is read. */
  private final class Reading {
    private final Fingerprint json;
    private final List<@Nullable Object[]> found = new ArrayList<>();
    private final Map<Pointer, Found> body = new HashMap<>();
    private final List<Long> prints = new ArrayList<>();
    private Map<Pointer, Found> lastRow = Map.of();
    private int tail;
    private boolean hasRows;

    Reading(JsonParser json) {
      this.json = new Fingerprint(json);
    }

    void value(Node node) throws IOException {
      if (node.isRows) {
        rows();
      } else if (!node.wanted.isEmpty() && (node.inner.isEmpty() || isScalar())) {
        Found value = Found.read(json);
        node.wanted.forEach(pointer -> body.put(pointer, value));
      } else if (node.inner.isEmpty() || isScalar()) {
        json.skipChildren();
      } else {
        node.wanted.forEach(pointer -> body.put(pointer, new Found("{…}", "{…}")));
        members(node);
      }
    }

    private boolean isScalar() {
      return !json.currentToken().isStructStart();
    }

    private void members(Node node) throws IOException {
      boolean list = json.currentToken() == JsonToken.START_ARRAY;
      JsonToken end = list ? JsonToken.END_ARRAY : JsonToken.END_OBJECT;
      for (int at = 0; json.nextToken() != end; at++) {
        String step = list ? Integer.toString(at) : json.currentName();
        if (!list) {
          json.nextToken();
        }
        Node next = node.inner.get(step);
        if (next == null) {
          json.skipChildren();
        } else {
          value(next);
        }
      }
    }

    private void rows() throws IOException {
      JsonToken token = json.currentToken();
      json.turn(fingerprint);
      hasRows = true;
      if (rows.shape() == Rows.Shape.ONE) {
        row("");
      } else if (rows.shape() == Rows.Shape.MAP && token == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String key = json.currentName();
          json.nextToken();
          row(key);
        }
      } else if (rows.shape() == Rows.Shape.LIST && token == JsonToken.START_ARRAY) {
        while (json.nextToken() != JsonToken.END_ARRAY) {
          row("");
        }
      } else if (token != JsonToken.VALUE_NULL) {
        otherThanRows();
      }
      json.turn(false);
    }

    /** At the top, an object may be an error; elsewhere it is not what the spec says. */
    private void otherThanRows() throws IOException {
      if (!rows.at().steps().isEmpty() || isScalar()) {
        throw malformed(
            place()
                + " is not "
                + (rows.shape() == Rows.Shape.LIST ? "a list" : "an object")
                + " in the answer",
            null);
      }
      hasRows = false;
      members(root);
    }

    private void row(String key) throws IOException {
      Map<Pointer, Found> captured = new HashMap<>();
      found.add(plan.read(json, key, found.size() + 1L, captured));
      tail = captured.equals(lastRow) ? tail + 1 : 1;
      lastRow = captured;
      if (fingerprint) {
        prints.add(json.take());
      }
    }

    Answer read() throws IOException {
      if (json.nextToken() == null) {
        throw malformed("the answer has no body", null);
      }
      value(root);
      if (json.nextToken() != null) {
        throw malformed("the answer goes on after its end, at byte " + offset(json), null);
      }
      return new Answer(found, body, lastRow, prints, tail);
    }

    SourceException broken(JacksonException e) {
      String where =
          "at byte "
              + offset(json)
              + (found.isEmpty()
                  ? ""
                  : String.format(Locale.ROOT, ", after row %,d of the page", found.size()));
      return e instanceof JsonEOFException
          ? malformed("the answer is cut off " + where, e)
          : malformed(
              "the answer is not valid JSON "
                  + where
                  + ": "
                  + Excerpt.of(String.valueOf(e.getOriginalMessage()), 200),
              e);
    }
  }

  /**
   * Reads an answer.
   *
   * @param contentType for messages
   * @param errors throws if the values that were found say that the answer is an error
   * @throws IOException when the stream breaks
   * @throws SourceException MALFORMED_RESPONSE or INVALID_VALUE
   */
  public Answer parse(InputStream body, String contentType, ErrorCheck errors) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(body, HEAD);
    byte[] head = whole.readNBytes(HEAD);
    requireJson(head, contentType);
    whole.unread(head);
    try (JsonParser json = FACTORY.createParser(whole)) {
      Reading reading = new Reading(json);
      try {
        Answer answer = reading.read();
        errors.check(answer);
        if (!reading.hasRows && !rows.absentIsEmpty()) {
          throw malformed(
                  "the answer is JSON without the rows, which should be at " + place(), null)
              .withHint("Check 'rows' in the spec against an answer of the service.");
        }
        return answer;
      } catch (JacksonException e) {
        throw reading.broken(e);
      } catch (CharConversionException e) {
        throw malformed("the answer is not valid Unicode: " + e.getMessage(), e);
      }
    }
  }

  /** Told what was found, before rows are asked for. */
  public interface ErrorCheck {
    void check(Answer answer);
  }

  private String place() {
    return rows.at().steps().isEmpty() ? "its top" : rows.at().toString();
  }

  private static void requireJson(byte[] head, String contentType) {
    String text = new String(head, StandardCharsets.UTF_8);
    String start = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
    if (start.isEmpty() && head.length < HEAD) {
      throw malformed("the answer has no body", null)
          .withHint("An empty answer is not an empty table; ask the service's operator.");
    }
    if (start.startsWith("<")) {
      throw malformed(
              "the answer is not JSON but "
                  + (contentType.isEmpty() ? "of no content type" : contentType)
                  + ": "
                  + Excerpt.of(start, 200),
              null)
          .withHint("A page of HTML is often a login form: check 'url' and 'auth'.");
    }
  }

  private static String offset(JsonParser json) {
    long offset = json.currentLocation().getByteOffset();
    return offset < 0 ? "?" : String.format(Locale.ROOT, "%,d", offset);
  }

  private static SourceException malformed(String problem, @Nullable Throwable cause) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem, cause);
  }
}
