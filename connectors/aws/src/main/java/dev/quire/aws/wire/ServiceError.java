package dev.quire.aws.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.quire.http.Refusal;
import dev.quire.spi.SourceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * An error as a service words it.
 *
 * @param code without namespace and without URL; may be empty
 * @param region that the service names as the right one; empty for most errors
 */
record ServiceError(String code, String message, String region) {
  static final ServiceError NONE = new ServiceError("", "", "");
  private static final JsonFactory JSON = new JsonFactory();

  /** The error of a refusal, whatever the protocol: emulators answer in others than asked. */
  static ServiceError of(Refusal refusal) {
    ServiceError inBody = body(refusal);
    String code = refusal.header("x-amzn-errortype").map(ServiceError::plain).orElse(inBody.code());
    String region =
        refusal
            .header("x-amz-bucket-region")
            .filter(r -> inBody.region().isEmpty())
            .orElse(inBody.region());
    return new ServiceError(code, inBody.message(), region);
  }

  /** The part of a code between {@code #} and {@code :}. */
  static String plain(String code) {
    int colon = code.indexOf(':');
    String front = colon < 0 ? code : code.substring(0, colon);
    return front.substring(front.indexOf('#') + 1).strip();
  }

  private static ServiceError body(Refusal refusal) {
    byte[] bytes = refusal.bytes();
    if (bytes.length == 0) {
      return NONE;
    }
    try {
      String start = refusal.body().stripLeading();
      if (start.startsWith("<")) {
        return read(XmlDocument.open(new ByteArrayInputStream(bytes)));
      }
      boolean cbor = (bytes[0] & 0xe0) == 0xa0;
      try (JsonParser json = (cbor ? new CBORFactory() : JSON).createParser(bytes)) {
        return read(json);
      }
    } catch (IOException | SourceException e) {
      return NONE;
    }
  }

  private static ServiceError read(JsonParser json) throws IOException {
    String code = "";
    String message = "";
    if (json.nextToken() != JsonToken.START_OBJECT) {
      return NONE;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken token = json.nextToken();
      if (!token.isScalarValue()) {
        json.skipChildren();
      } else if (name.equals("__type") || (code.isEmpty() && name.equalsIgnoreCase("code"))) {
        code = plain(json.getText());
      } else if (name.equalsIgnoreCase("message") || name.equals("errorMessage")) {
        message = json.getText();
      }
    }
    return new ServiceError(code, message, "");
  }

  /**
   * @param xml at the outermost element
   */
  static ServiceError read(XMLStreamReader xml) throws IOException {
    String code = "";
    String message = "";
    String region = "";
    String name = xml.getLocalName();
    StringBuilder text = new StringBuilder();
    for (int event; (event = XmlDocument.next(xml)) != XMLStreamConstants.END_DOCUMENT; ) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        name = xml.getLocalName();
        text.setLength(0);
      } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
        text.append(xml.getText());
      } else if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(name)) {
        String value = text.toString().strip();
        switch (name) {
          case "Code" -> code = code.isEmpty() ? value : code;
          case "Message" -> message = message.isEmpty() ? value : message;
          case "Region" -> region = value;
          default -> {}
        }
      }
    }
    return new ServiceError(plain(code), message, region);
  }

  /** Code and message, for people. */
  Optional<String> clause() {
    String both = code.isEmpty() || message.isEmpty() ? code + message : code + ": " + message;
    return Optional.of(both).filter(text -> !text.isEmpty());
  }
}
