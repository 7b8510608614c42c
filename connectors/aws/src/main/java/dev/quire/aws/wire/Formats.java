package dev.quire.aws.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.quire.aws.model.OperationModel;
import dev.quire.aws.model.Protocol;
import dev.quire.aws.model.ServiceModel;
import dev.quire.http.Excerpt;
import dev.quire.http.HttpResponse;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.xml.stream.XMLStreamReader;

/** Opens answers in their format and sees them to their end. Thread-safe. */
final class Formats {
  private static final int HEAD = 400;
  private static final StreamReadConstraints SIZES =
      StreamReadConstraints.builder().maxStringLength(256 << 20).build();
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(SIZES)
          .build();

  private final Protocol protocol;
  private final OperationModel operation;

  Formats(ServiceModel service, OperationModel operation) {
    this.protocol = service.protocol();
    this.operation = operation;
  }

  /** Loaded with the first service that speaks it. */
  private static final class Cbor {
    private static final CBORFactory FACTORY =
        CBORFactory.builder()
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .streamReadConstraints(SIZES)
            .build();
  }

  /** Reads the members of an answer. */
  interface BodyReader {
    void read(AnswerCursor cursor) throws IOException;
  }

  private boolean isXml() {
    return switch (protocol) {
      case REST_XML, QUERY, EC2 -> true;
      case JSON, REST_JSON, RPC_V2_CBOR -> false;
    };
  }

  void read(HttpResponse response, BodyReader reader) throws IOException {
    PushbackInputStream body = new PushbackInputStream(response.body(), HEAD);
    byte[] head = body.readNBytes(HEAD);
    check(head, response.header("Content-Type").orElse(""));
    body.unread(head);
    if (isXml()) {
      xml(body, reader);
    } else {
      json(protocol == Protocol.RPC_V2_CBOR ? Cbor.FACTORY : JSON, body, reader);
    }
  }

  private void check(byte[] head, String contentType) {
    if (head.length == 0) {
      throw Malformed.answer("the answer has no body", null)
          .withHint("An empty answer is not an empty table; check 'endpoint', or try again.");
    }
    String text = new String(head, StandardCharsets.UTF_8);
    String start = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
    String lower = start.toLowerCase(Locale.ROOT);
    boolean html = lower.startsWith("<!doctype html") || lower.startsWith("<html");
    boolean fits =
        switch (protocol) {
          case RPC_V2_CBOR -> (head[0] & 0xe0) == 0xa0;
          case JSON, REST_JSON -> start.startsWith("{") || start.startsWith("[");
          case REST_XML, QUERY, EC2 -> start.startsWith("<") && !html;
        };
    if (!fits) {
      throw Malformed.answer(
              "the answer is not "
                  + name()
                  + " but "
                  + (contentType.isEmpty() ? "of no content type" : contentType)
                  + ": "
                  + Excerpt.of(start, 200),
              null)
          .withHint("Something other than the service answers: a proxy, or a wrong 'endpoint'.");
    }
  }

  private String name() {
    return isXml() ? "XML" : protocol == Protocol.RPC_V2_CBOR ? "CBOR" : "JSON";
  }

  private void json(JsonFactory format, InputStream body, BodyReader reader) throws IOException {
    try (JsonParser json = format.createParser(body)) {
      try {
        json.nextToken();
        reader.read(new JsonCursor(json, new MemberNames(isXml())));
        if (json.nextToken() != null) {
          throw Malformed.answer("the answer goes on after its end, " + offset(json), null);
        }
      } catch (JacksonException e) {
        throw broken(e, json);
      } catch (CharConversionException e) {
        throw Malformed.answer("the answer is not valid Unicode: " + e.getMessage(), e);
      }
    }
  }

  private RuntimeException broken(JacksonException e, JsonParser json) {
    return e instanceof JsonEOFException
        ? Malformed.answer("the answer is cut off " + offset(json), e)
        : Malformed.answer(
            "the answer is not valid "
                + name()
                + " "
                + offset(json)
                + ": "
                + Excerpt.of(String.valueOf(e.getOriginalMessage()), 200),
            e);
  }

  private static String offset(JsonParser json) {
    return String.format(Locale.ROOT, "at byte %,d", json.currentLocation().getByteOffset());
  }

  private void xml(InputStream body, BodyReader reader) throws IOException {
    XMLStreamReader xml = XmlDocument.open(body);
    String root = xml.getLocalName();
    if (root.equals("Error") || root.equals("ErrorResponse") || root.equals("Response")) {
      throw AwsFaults.inAnswer(ServiceError.read(xml));
    }
    XmlCursor cursor = new XmlCursor(xml, new MemberNames(isXml()));
    if (protocol != Protocol.REST_XML && !root.equals(operation.name() + "Response")) {
      throw Malformed.answer(
          "the answer begins with <"
              + Excerpt.of(root, 60)
              + ">, which is not what "
              + operation.name()
              + " answers",
          null);
    }
    String wrapper = operation.resultWrapper().orElse("");
    if (!wrapper.isEmpty() && !cursor.enter(wrapper)) {
      throw Malformed.answer("the answer is XML without <" + wrapper + ">", null);
    }
    reader.read(cursor);
    XmlDocument.finish(xml);
  }
}
