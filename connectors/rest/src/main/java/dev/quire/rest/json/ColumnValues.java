package dev.quire.rest.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.quire.http.Excerpt;
import dev.quire.rest.spec.ColumnSpec;
import dev.quire.rest.spec.Moment;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads one JSON value as the class that its column's type asks for, exactly or not at all: numbers
 * may be strings, and the other way round for texts; nothing overflows.
 */
final class ColumnValues {
  private static final int MOST_DIGITS = 1_000;

  private ColumnValues() {}

  /** Why a value does not fit; completed by who knows row and column. */
  static final class Misfit extends Exception {
    private static final long serialVersionUID = 1L;

    Misfit(String found) {
      super(found, null, false, false);
    }
  }

  /** Reads the current value to its end. */
  static @Nullable Object read(JsonParser json, ColumnSpec column) throws IOException, Misfit {
    JsonToken token = json.currentToken();
    if (token == JsonToken.VALUE_NULL) {
      return null;
    }
    DataType.Kind kind = column.column().type().kind();
    if (kind == DataType.Kind.JSON) {
      return JsonText.copy(json);
    }
    if (token.isStructStart()) {
      throw new Misfit(token == JsonToken.START_OBJECT ? "an object" : "a list");
    }
    String text = json.getText();
    if (text.isEmpty() && kind != DataType.Kind.VARCHAR) {
      return null;
    }
    try {
      return scalar(text, kind, column.moment());
    } catch (ArithmeticException | DateTimeException | IllegalArgumentException e) {
      throw new Misfit("'" + Excerpt.of(text, 40) + "'");
    }
  }

  private static Object scalar(String text, DataType.Kind kind, Moment moment) throws Misfit {
    return switch (kind) {
      case BOOLEAN -> flag(text);
      case SMALLINT -> (int) number(text).shortValueExact();
      case INTEGER -> number(text).intValueExact();
      case BIGINT -> number(text).longValueExact();
      case DECIMAL -> number(text);
      case REAL, DOUBLE -> finite(text);
      case VARCHAR, JSON -> text;
      case VARBINARY -> Base64.getDecoder().decode(text);
      case DATE -> LocalDate.parse(text.length() > 10 ? text.substring(0, 10) : text);
      case TIME -> LocalTime.parse(text);
      case TIMESTAMP -> LocalDateTime.parse(text.replace(' ', 'T'));
      case TIMESTAMP_TZ -> instant(text, moment);
      case UUID -> UUID.fromString(text);
    };
  }

  private static Boolean flag(String text) throws Misfit {
    return switch (text) {
      case "true", "1" -> Boolean.TRUE;
      case "false", "0" -> Boolean.FALSE;
      default -> throw new Misfit("'" + Excerpt.of(text, 40) + "'");
    };
  }

  private static BigDecimal number(String text) throws Misfit {
    if (text.length() > MOST_DIGITS) {
      throw new Misfit("a number of " + text.length() + " characters");
    }
    BigDecimal number = new BigDecimal(text);
    if (Math.abs((long) number.scale()) > MOST_DIGITS) {
      throw new Misfit("the number " + text);
    }
    return number;
  }

  private static Double finite(String text) throws Misfit {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value) && !text.contains("Inf")) {
      throw new Misfit("the number " + Excerpt.of(text, 40));
    }
    return value;
  }

  private static Instant instant(String text, Moment moment) {
    return switch (moment) {
      case EPOCH -> ofSeconds(new BigDecimal(text));
      case EPOCH_MS -> ofSeconds(new BigDecimal(text).movePointLeft(3));
      case ISO -> iso(text);
    };
  }

  private static Instant ofSeconds(BigDecimal seconds) {
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    return Instant.ofEpochSecond(
        whole.longValueExact(), seconds.subtract(whole).movePointRight(9).longValue());
  }

  /** With an offset as {@code Z}, {@code +01:00} or {@code +0100}; without one it is UTC. */
  private static Instant iso(String text) {
    String plain = text.replace(' ', 'T');
    if (plain.matches(".*[+-]\\d{4}")) {
      int colon = plain.length() - 2;
      plain = plain.substring(0, colon) + ":" + plain.substring(colon);
    }
    if (plain.length() == 10) {
      return LocalDate.parse(plain).atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    boolean zoned = plain.endsWith("Z") || plain.matches(".*T.*[+-]\\d{2}:\\d{2}");
    return zoned
        ? OffsetDateTime.parse(plain).toInstant()
        : LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
  }
}
