package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.quire.http.Excerpt;
import dev.quire.rest.spec.Format;
import dev.quire.rest.spec.Rows;
import dev.quire.spi.SourceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of an answer, whatever its format, as JSON. Immutable.
 *
 * @param fields names of a row's own members that are wanted
 * @param contentType as the answer has it
 */
record Bodies(Format format, Rows rows, Set<String> fields, String contentType) {
  private static final int HEAD = 400;
  private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\\s\";]+)");
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(256 << 20).build())
          .build();

  /**
   * Begins to read.
   *
   * @throws SourceException MALFORMED_RESPONSE if the body begins as something else
   */
  JsonParser open(InputStream body) throws IOException {
    PushbackInputStream whole = new PushbackInputStream(body, HEAD);
    byte[] head = whole.readNBytes(HEAD);
    check(head);
    whole.unread(head);
    if (format instanceof Format.Csv csv) {
      return FACTORY.createParser(new CsvText(decoded(whole), csv, fields));
    }
    return format instanceof Format.Xml
        ? FACTORY.createParser(new XmlText(whole, rows.at().steps()))
        : FACTORY.createParser(whole);
  }

  private void check(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    String start = text.startsWith("\uFEFF") ? text.substring(1).strip() : text.strip();
    if (start.isEmpty() && head.length < HEAD && !mayBeEmpty()) {
      throw AnswerParser.malformed("the answer has no body", null)
          .withHint("An empty answer is not an empty table; ask the service's operator.");
    }
    if (isOther(start.toLowerCase(Locale.ROOT))) {
      throw AnswerParser.malformed(
              "the answer is not "
                  + name()
                  + " but "
                  + (contentType.isEmpty() ? "of no content type" : contentType)
                  + ": "
                  + Excerpt.of(start, 200),
              null)
          .withHint("A page of HTML is often a login form: check 'url' and 'auth'.");
    }
  }

  /** A list of records without any has no bytes, if the answer says what it is. */
  private boolean mayBeEmpty() {
    String type = contentType.toLowerCase(Locale.ROOT);
    boolean lines = type.contains("ndjson") || type.contains("jsonl") || type.contains("json-seq");
    return format instanceof Format.Csv csv
        ? !csv.header() && type.contains("csv")
        : format instanceof Format.JsonLines && lines;
  }

  private boolean isOther(String start) {
    boolean isPage = start.startsWith("<!doctype html") || start.startsWith("<html");
    boolean saysPage =
        start.startsWith("<") && contentType.toLowerCase(Locale.ROOT).contains("text/html");
    if (format instanceof Format.Csv) {
      return isPage || saysPage;
    }
    return format instanceof Format.Xml
        ? isPage || saysPage || !start.startsWith("<")
        : start.startsWith("<");
  }

  private String name() {
    return format instanceof Format.Csv ? "CSV" : format instanceof Format.Xml ? "XML" : "JSON";
  }

  private Reader decoded(InputStream body) {
    Matcher named = CHARSET.matcher(contentType);
    String charset = named.find() ? named.group(1) : "UTF-8";
    try {
      return new InputStreamReader(
          body,
          Charset.forName(charset)
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw AnswerParser.malformed("the answer is in an unknown character set: " + charset, e);
    }
  }
}
