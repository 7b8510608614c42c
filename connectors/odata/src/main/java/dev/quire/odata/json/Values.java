package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.http.Excerpt;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value as the class that its column's type asks for, exactly or not at all: numbers
 * may be strings (IEEE754Compatible), decimals keep their scale, nothing overflows.
 */
final class Values {
  private static final BigDecimal LEAST_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal GREATEST_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int MOST_DIGITS = 1000;
  private static final Map<String, Double> SPECIAL =
      Map.of("INF", Double.POSITIVE_INFINITY, "-INF", Double.NEGATIVE_INFINITY, "NaN", Double.NaN);

  private Values() {}

  /** Why a value does not fit; the message is completed by who knows row and column. */
  static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    Misfit(String problem) {
      super(problem);
    }
  }

  /** Reads the current value to its end. */
  static @Nullable Object read(JsonParser json, Column column) throws IOException, Misfit {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    DataType.Kind kind = column.type().kind();
    if (kind == DataType.Kind.JSON) {
      return JsonText.copy(json);
    }
    if (token.isStructStart()) {
      throw new Misfit(token == JsonToken.START_OBJECT ? "an object" : "a list");
    }
    try {
      return scalar(json, token, kind);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new Misfit(shown(json));
    }
  }

  private static Object scalar(JsonParser json, JsonToken token, DataType.Kind kind)
      throws IOException, Misfit {
    return switch (kind) {
      case BOOLEAN -> bool(json, token);
      case SMALLINT -> (int) integer(json, token, -32768, 32767);
      case INTEGER -> (int) integer(json, token, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> integer(json, token, Long.MIN_VALUE, Long.MAX_VALUE);
      case DECIMAL -> decimal(json, token);
      case REAL -> floating(json, token, Float.MAX_VALUE);
      case DOUBLE -> floating(json, token, Double.MAX_VALUE);
      case VARCHAR, JSON -> json.getText();
      case TIMESTAMP_TZ -> instant(json, token);
      case UUID -> uuid(json, token);
      case VARBINARY, DATE, TIME, TIMESTAMP -> ofText(text(json, token), kind);
    };
  }

  /**
   * Reads a value whose JSON is a string.
   *
   * @throws DateTimeException or IllegalArgumentException when it is no such value
   */
  static Object ofText(String text, DataType.Kind kind) {
    return switch (kind) {
      case VARBINARY -> binary(text);
      case DATE -> LocalDate.parse(text);
      case TIME -> Moments.time(text);
      case TIMESTAMP_TZ -> Moments.instant(text);
      case TIMESTAMP -> Moments.dateTime(text);
      default -> throw new IllegalArgumentException("not written as text: " + kind);
    };
  }

  private static String text(JsonParser json, JsonToken token) throws IOException, Misfit {
    if (token != JsonToken.VALUE_STRING) {
      throw new Misfit(shown(json));
    }
    return json.getText();
  }

  private static Instant instant(JsonParser json, JsonToken token) throws IOException, Misfit {
    Instant common = token == JsonToken.VALUE_STRING ? Moments.common(json) : null;
    return common != null ? common : Moments.instant(text(json, token));
  }

  private static Boolean bool(JsonParser json, JsonToken token) throws IOException, Misfit {
    if (!token.isBoolean()) {
      throw new Misfit(shown(json));
    }
    return token == JsonToken.VALUE_TRUE;
  }

  private static long integer(JsonParser json, JsonToken token, long least, long greatest)
      throws IOException, Misfit {
    long value;
    if (token == JsonToken.VALUE_NUMBER_INT
        && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      value = json.getLongValue();
    } else {
      BigDecimal exact = decimal(json, token);
      if (exact.compareTo(LEAST_LONG) < 0
          || exact.compareTo(GREATEST_LONG) > 0
          || exact.stripTrailingZeros().scale() > 0) {
        throw new Misfit(shown(json));
      }
      value = exact.longValueExact();
    }
    if (value < least || value > greatest) {
      throw new Misfit(shown(json));
    }
    return value;
  }

  private static BigDecimal decimal(JsonParser json, JsonToken token) throws IOException, Misfit {
    if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
      throw new Misfit(shown(json));
    }
    BigDecimal few = Digits.decimal(json);
    if (few != null) {
      return few;
    }
    String text = json.getText();
    if (text.length() > MOST_DIGITS) {
      throw new Misfit(shown(json));
    }
    BigDecimal value = new BigDecimal(text);
    if (Math.abs((long) value.scale()) > MOST_DIGITS) {
      throw new Misfit(shown(json));
    }
    return value;
  }

  /** The three values that are no numbers come as strings; a number too great is not infinity. */
  private static Double floating(JsonParser json, JsonToken token, double greatest)
      throws IOException, Misfit {
    String text = json.getText();
    if (token == JsonToken.VALUE_STRING) {
      Double special = SPECIAL.get(text);
      if (special != null) {
        return special;
      }
    }
    if (!token.isNumeric() && !isNumber(text)) {
      throw new Misfit(shown(json));
    }
    double value = Double.parseDouble(text);
    if (Math.abs(value) > greatest) {
      throw new Misfit(shown(json));
    }
    return value;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0);
  }

  private static byte[] binary(String text) {
    return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
  }

  private static UUID uuid(JsonParser json, JsonToken token) throws IOException, Misfit {
    UUID uuid = token == JsonToken.VALUE_STRING ? Digits.uuid(json) : null;
    if (uuid == null) {
      throw new Misfit(shown(json));
    }
    return uuid;
  }

  private static String shown(JsonParser json) throws IOException {
    return "'" + Excerpt.of(json.getText(), 40) + "'";
  }
}
