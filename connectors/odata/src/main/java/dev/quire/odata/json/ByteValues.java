package dev.quire.odata.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.quire.json.JsonReader;
import dev.quire.json.UncertainException;
import dev.quire.odata.json.Values.Misfit;
import dev.quire.spi.Column;
import dev.quire.spi.DataType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Values as {@link Values} reads them, straight from the bytes of a page where they have the form
 * that nearly all services send. One thread at a time.
 */
final class ByteValues {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final JsonReader reader;
  private byte[] page = new byte[1];

  ByteValues(JsonReader reader) {
    this.reader = reader;
  }

  /** The bytes that the reader reads. */
  void open(byte[] page) {
    this.page = page;
  }

  /** Takes the value that is next, which is not null. */
  @Nullable Object take(Column column) throws UncertainException {
    DataType.Kind kind = column.type().kind();
    Object value = reader.peek() == '"' ? ofText(kind) : other(kind);
    return value != null ? value : unusual(column);
  }

  private @Nullable Object ofText(DataType.Kind kind) throws UncertainException {
    return switch (kind) {
      case VARCHAR -> reader.text();
      case UUID -> reader.tryUuid();
      case TIMESTAMP_TZ -> {
        Instant common = reader.tryInstant();
        yield common != null ? common : less(kind);
      }
      case DATE -> {
        LocalDate common = reader.tryDate();
        yield common != null ? common : less(kind);
      }
      case DECIMAL -> reader.tryNumberInText() ? reader.decimal() : null;
      case BIGINT -> reader.tryIntegerInText() ? reader.unscaled() : null;
      case VARBINARY, TIME, TIMESTAMP -> less(kind);
      default -> null;
    };
  }

  /** What is less common is made of a text. */
  private Object less(DataType.Kind kind) throws UncertainException {
    try {
      return Values.ofText(reader.text(), kind);
    } catch (DateTimeException | IllegalArgumentException e) {
      throw UncertainException.INSTANCE;
    }
  }

  private @Nullable Object other(DataType.Kind kind) throws UncertainException {
    return switch (kind) {
      case DECIMAL -> reader.tryNumber() ? reader.decimal() : null;
      case INTEGER -> reader.tryInteger() ? integer(Integer.MIN_VALUE, Integer.MAX_VALUE) : null;
      case SMALLINT -> reader.tryInteger() ? integer(Short.MIN_VALUE, Short.MAX_VALUE) : null;
      case BIGINT -> reader.tryInteger() ? reader.unscaled() : null;
      case DOUBLE -> reader.tryReal() ? reader.real() : null;
      case REAL -> reader.tryReal() ? real() : null;
      case BOOLEAN -> reader.tryBoolean();
      default -> null;
    };
  }

  private Double real() throws UncertainException {
    double value = reader.real();
    if (Math.abs(value) > Float.MAX_VALUE) {
      throw UncertainException.INSTANCE;
    }
    return value;
  }

  private Integer integer(int least, int greatest) throws UncertainException {
    long value = reader.unscaled();
    if (value < least || value > greatest) {
      throw UncertainException.INSTANCE;
    }
    return (int) value;
  }

  /** The bytes of this value alone go the usual way. */
  private @Nullable Object unusual(Column column) throws UncertainException {
    reader.skip();
    String compact = column.type().kind() == DataType.Kind.JSON ? reader.compact() : null;
    if (compact != null) {
      return compact;
    }
    int from = reader.from();
    try (JsonParser json = FACTORY.createParser(page, from, reader.to() - from)) {
      json.nextToken();
      return Values.read(json, column);
    } catch (IOException | Misfit e) {
      throw UncertainException.INSTANCE;
    }
  }
}
