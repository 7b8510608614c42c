package dev.quire.odata.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.quire.http.Excerpt;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Answers that are one number. */
public final class CountParser {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();
  private static final int MOST_BYTES = 200;

  private CountParser() {}

  /** The body of {@code set/$count}: digits, perhaps with a byte order mark and white space. */
  public static long parse(InputStream body) throws IOException {
    String text = new String(body.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
    String digits = (text.startsWith("\uFEFF") ? text.substring(1) : text).strip();
    boolean number =
        !digits.isEmpty() && digits.length() < 19 && digits.chars().allMatch(c -> isDigit(c));
    if (!number) {
      throw noCount(digits);
    }
    return Long.parseLong(digits);
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /**
   * The answer of Dataverse's RetrieveTotalRecordCount for one table: the first number of the list
   * {@code Values}.
   */
  public static long parseSnapshot(InputStream body) throws IOException {
    try (JsonParser json = FACTORY.createParser(body)) {
      boolean inValues = false;
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.FIELD_NAME) {
          inValues = json.currentName().equals("Values");
        } else if (inValues && token == JsonToken.VALUE_NUMBER_INT) {
          return json.getLongValue();
        }
      }
    } catch (JacksonException e) {
      throw noCount(String.valueOf(e.getOriginalMessage()));
    }
    throw noCount("");
  }

  private static SourceException noCount(String found) {
    return new SourceException(
        ErrorKind.MALFORMED_RESPONSE,
        "the service answered a count with '" + Excerpt.of(found, 100) + "'");
  }
}
