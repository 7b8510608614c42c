package dev.quire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A page as a tree, by the reader and by Jackson. Objects are lists of entries, so that order and
 * repeated names count; a number is a BigDecimal, or its text where it has a huge exponent.
 */
final class Values {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Values() {}

  static byte[] page(byte[] json) {
    return Arrays.copyOf(json, json.length + 1);
  }

  static Object read(byte[] json) throws UncertainException {
    JsonReader reader = new JsonReader();
    reader.open(page(json), json.length);
    Object value = value(reader, json);
    reader.end();
    return value;
  }

  private static Object value(JsonReader reader, byte[] json) throws UncertainException {
    switch (reader.peek()) {
      case '{' -> {
        List<Map.Entry<String, Object>> members = new ArrayList<>();
        reader.beginObject();
        for (String name; (name = reader.nextName()) != null; ) {
          members.add(new SimpleEntry<>(name, value(reader, json)));
        }
        return members;
      }
      case '[' -> {
        List<Object> elements = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          elements.add(value(reader, json));
        }
        return elements;
      }
      default -> {
        return scalar(reader, json);
      }
    }
  }

  private static Object scalar(JsonReader reader, byte[] json) throws UncertainException {
    if (reader.peek() == '"') {
      return reader.text();
    }
    if (reader.tryNull()) {
      return "null";
    }
    Boolean truth = reader.tryBoolean();
    if (truth != null) {
      return truth;
    }
    if (reader.tryNumber()) {
      return reader.decimal();
    }
    reader.skip();
    int length = reader.to() - reader.from();
    return number(new String(json, reader.from(), length, StandardCharsets.US_ASCII));
  }

  private static Object number(String text) {
    return text.matches(".*[eE].?\\d{5,}") ? text : new BigDecimal(text);
  }

  /** As {@link #read}. */
  static Object expected(byte[] json) throws IOException {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      Object value = expected(parser);
      if (parser.nextToken() != null) {
        throw new IOException("goes on");
      }
      return value;
    }
  }

  private static Object expected(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw new IOException("nothing");
    }
    switch (token) {
      case START_OBJECT -> {
        List<Map.Entry<String, Object>> members = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          members.add(new SimpleEntry<>(name, expected(parser)));
        }
        return members;
      }
      case START_ARRAY -> {
        List<Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(expected(parser));
        }
        return elements;
      }
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        return number(parser.getText());
      }
      case VALUE_TRUE, VALUE_FALSE -> {
        return token == JsonToken.VALUE_TRUE;
      }
      default -> {
        return parser.getText();
      }
    }
  }

  /** As Jackson writes it; numbers keep their digits. */
  static String compact(byte[] json) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(json);
        JsonGenerator out = FACTORY.createGenerator(text)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken().isNumeric()) {
          out.writeNumber(parser.getText());
        } else {
          out.copyCurrentEvent(parser);
        }
      }
    }
    return text.toString();
  }
}
