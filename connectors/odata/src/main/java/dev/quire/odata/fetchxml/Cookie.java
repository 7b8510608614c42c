package dev.quire.odata.fetchxml;

import dev.quire.http.Excerpt;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The paging cookie as answers carry it: XML in an attribute of XML, percent-encoded twice. */
public final class Cookie {
  private Cookie() {}

  /**
   * The inner XML, which the next request sends as {@code paging-cookie}; empty when there is none.
   *
   * @param annotation the value of {@code @Microsoft.Dynamics.CRM.fetchxmlpagingcookie}
   */
  public static Optional<String> decode(String annotation) {
    if (annotation.isBlank()) {
      return Optional.empty();
    }
    try {
      return ElementReader.read(annotation)
          .find("pagingcookie")
          .map(Cookie::decodedOnce)
          .map(Cookie::decodedOnce);
    } catch (SourceException | IllegalArgumentException e) {
      throw new SourceException(
          ErrorKind.MALFORMED_RESPONSE,
          "the service's paging cookie cannot be read: '" + Excerpt.of(annotation, 100) + "'",
          e);
    }
  }

  /** A plus is a plus: it stands in the offsets of times. */
  private static String decodedOnce(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != '%') {
        out.write(bytes[i]);
      } else if (i + 2 < bytes.length) {
        out.write(16 * digit(bytes[i + 1]) + digit(bytes[i + 2]));
        i += 2;
      } else {
        throw new IllegalArgumentException("a percent sign at the end");
      }
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static int digit(byte hex) {
    int value = Character.digit(hex, 16);
    if (value < 0) {
      throw new IllegalArgumentException("no hexadecimal digit");
    }
    return value;
  }
}
