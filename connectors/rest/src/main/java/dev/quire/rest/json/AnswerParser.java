package dev.quire.rest.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.quire.http.Excerpt;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Format;
import dev.quire.rest.spec.Pointer;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers from their first byte to their last: the rows, and the values that steer paging,
 * wherever they stand. Whatever is not a whole answer is an error, never an answer without rows.
 * Immutable and thread-safe.
 */
public final class AnswerParser {
  private final Format format;
  private final Rows rows;
  private final RowPlan plan;
  private final Wanted wanted;
  private final Set<String> fields;
  private final Node root = new Node();

  private static final class Node {
    private final Map<String, Node> inner = new HashMap<>();
    private final List<Pointer> wanted = new ArrayList<>();
    private boolean isRows;
  }

  /**
   * @param columns of a row, in order
   */
  public AnswerParser(Format format, Rows rows, List<ColumnSpec> columns, Wanted wanted) {
    this.format = format;
    this.rows = rows;
    this.wanted = wanted;
    Set<Pointer> ofRow = new HashSet<>(wanted.ofLastRow());
    if (format.hasFrame()) {
      node(rows.at()).isRows = true;
      wanted.ofBody().forEach(pointer -> node(pointer).wanted.add(pointer));
    } else {
      ofRow.addAll(wanted.ofBody());
    }
    this.plan = new RowPlan(columns, ofRow);
    this.fields =
        Stream.concat(
                columns.stream().filter(column -> !column.given()).map(ColumnSpec::path),
                wanted.ofLastRow().stream())
            .filter(pointer -> !pointer.steps().isEmpty())
            .map(pointer -> pointer.steps().get(0))
            .collect(Collectors.toSet());
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
    private final ErrorCheck errors;
    private final List<@Nullable Object[]> found = new ArrayList<>();
    private final Map<Pointer, Found> body = new HashMap<>();
    private final List<Long> prints = new ArrayList<>();
    private Map<Pointer, Found> lastRow = Map.of();
    private int tail;
    private boolean hasRows;

    Reading(JsonParser json, ErrorCheck errors) {
      this.json = new Fingerprint(json);
      this.errors = errors;
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
      json.turn(wanted.prints());
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
      if (wanted.prints()) {
        prints.add(json.take());
      }
    }

    Answer read() throws IOException {
      if (format.hasFrame()) {
        whole();
      } else {
        records();
      }
      Answer answer = new Answer(found, body, lastRow, prints, tail);
      errors.check(answer);
      return answer;
    }

    private void whole() throws IOException {
      if (json.nextToken() == null) {
        throw malformed("the answer has no body", null);
      }
      value(root);
      if (json.nextToken() != null) {
        throw malformed("the answer goes on after its end, at byte " + offset(json), null);
      }
    }

    /** Each value is a row, or says what went wrong on the way. */
    private void records() throws IOException {
      json.turn(wanted.prints());
      hasRows = true;
      while (json.nextToken() != null) {
        row("");
        if (!wanted.ofBody().isEmpty()) {
          errors.check(new Answer(List.of(), lastRow, Map.of(), List.of(), 0));
        }
      }
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
   * @param contentType as the answer has it
   * @param errors throws if the values that were found say that the answer is an error
   * @throws IOException when the stream breaks
   * @throws SourceException MALFORMED_RESPONSE or INVALID_VALUE
   */
  public Answer parse(InputStream body, String contentType, ErrorCheck errors) throws IOException {
    Bodies bodies = new Bodies(format, rows, fields, contentType);
    try (JsonParser json = bodies.open(body)) {
      Reading reading = new Reading(json, errors);
      try {
        Answer answer = reading.read();
        if (!reading.hasRows && !rows.absentIsEmpty()) {
          throw malformed(
                  "the answer is "
                      + (format instanceof Format.Xml ? "XML" : "JSON")
                      + " without the rows, which should be at "
                      + place(),
                  null)
              .withHint("Check 'rows' in the spec against an answer of the service.");
        }
        return answer;
      } catch (JacksonException e) {
        throw reading.broken(e);
      }
    } catch (CharConversionException | CharacterCodingException e) {
      throw malformed("the answer is not valid Unicode: " + e.getMessage(), e);
    }
  }

  /** Told what was found, before rows are asked for. */
  public interface ErrorCheck {
    void check(Answer answer);
  }

  private String place() {
    return rows.at().steps().isEmpty() ? "its top" : rows.at().toString();
  }

  private static String offset(JsonParser json) {
    long offset = json.currentLocation().getByteOffset();
    return offset < 0 ? "?" : String.format(Locale.ROOT, "%,d", offset);
  }

  static SourceException malformed(String problem, @Nullable Throwable cause) {
    return new SourceException(ErrorKind.MALFORMED_RESPONSE, problem, cause);
  }
}
