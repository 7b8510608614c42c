package dev.quire.odata.metadata;

import dev.quire.spi.DataType;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.UUID;

/** Values of keys as text and back, for continuations. */
public final class KeyText {
  private KeyText() {}

  /** Whether values of a type can be written. */
  public static boolean holds(DataType type) {
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL, VARCHAR, UUID, DATE -> true;
      default -> false;
    };
  }

  /** A value as letters, digits and signs that are neither white space nor a comma. */
  public static String write(Object value) {
    return URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
  }

  /** What was written. */
  public static Object read(String text, DataType type) {
    String value = URLDecoder.decode(text, StandardCharsets.UTF_8);
    return switch (type.kind()) {
      case SMALLINT, INTEGER -> Integer.valueOf(value);
      case BIGINT -> Long.valueOf(value);
      case DECIMAL -> new BigDecimal(value);
      case UUID -> UUID.fromString(value);
      case DATE -> LocalDate.parse(value);
      default -> value;
    };
  }
}
