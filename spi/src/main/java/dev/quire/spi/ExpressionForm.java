package dev.quire.spi;

import dev.quire.spi.Expression.Call;
import dev.quire.spi.Expression.ColumnRef;
import dev.quire.spi.Expression.Constant;
import dev.quire.spi.Expression.Placeholder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The byte form of expressions, of their types and of their values. The numbers are for ever. */
final class ExpressionForm {
  private static final int COLUMN = 1;
  private static final int CONSTANT = 2;
  private static final int PLACEHOLDER = 3;
  private static final int CALL = 4;

  private ExpressionForm() {}

  static void write(Expression expression, ByteFormWriter out) {
    if (expression instanceof ColumnRef column) {
      out.octet(COLUMN);
      out.text(column.name());
      write(column.type(), out);
    } else if (expression instanceof Constant constant) {
      out.octet(CONSTANT);
      write(constant.type(), out);
      writeValue(constant.value(), out);
    } else if (expression instanceof Placeholder placeholder) {
      out.octet(PLACEHOLDER);
      write(placeholder.type(), out);
    } else if (expression instanceof Call call) {
      out.octet(CALL);
      out.constant(call.function());
      out.list(call.arguments(), argument -> write(argument, out));
    }
  }

  static Expression read(ByteFormReader in) {
    return in.nested(
        () -> {
          int tag = in.octet();
          return switch (tag) {
            case COLUMN -> new ColumnRef(in.text(), readType(in));
            case CONSTANT -> readConstant(in);
            case PLACEHOLDER -> new Placeholder(readType(in));
            case CALL -> new Call(in.constant(Expression.Function.class), in.list(() -> read(in)));
            default -> throw new IllegalArgumentException("no expression has the number " + tag);
          };
        });
  }

  private static Constant readConstant(ByteFormReader in) {
    DataType type = readType(in);
    return new Constant(readValue(in), type);
  }

  static void write(DataType type, ByteFormWriter out) {
    out.constant(type.kind());
    out.integer(type.precision());
    out.integer(type.scale());
  }

  static DataType readType(ByteFormReader in) {
    return new DataType(in.constant(DataType.Kind.class), in.integer(), in.integer());
  }

  /** Java's classes of values, one number each. */
  private static void writeValue(@Nullable Object value, ByteFormWriter out) {
    if (value == null) {
      out.octet(0);
    } else if (value instanceof Boolean bool) {
      out.octet(1);
      out.bool(bool);
    } else if (value instanceof String text) {
      out.octet(2);
      out.text(text);
    } else if (value instanceof byte[] block) {
      out.octet(3);
      out.block(block);
    } else if (value instanceof UUID uuid) {
      out.octet(4);
      out.whole(uuid.getMostSignificantBits());
      out.whole(uuid.getLeastSignificantBits());
    } else if (value instanceof Number number) {
      writeNumber(number, out);
    } else {
      writeTime(value, out);
    }
  }

  private static void writeNumber(Number value, ByteFormWriter out) {
    if (value instanceof Integer number) {
      out.octet(10);
      out.integer(number);
    } else if (value instanceof Long number) {
      out.octet(11);
      out.whole(number);
    } else if (value instanceof Double number) {
      out.octet(12);
      out.whole(Double.doubleToRawLongBits(number));
    } else if (value instanceof BigDecimal number) {
      out.octet(13);
      out.integer(number.scale());
      out.block(number.unscaledValue().toByteArray());
    } else {
      throw foreign(value);
    }
  }

  private static void writeTime(Object value, ByteFormWriter out) {
    if (value instanceof LocalDate date) {
      out.octet(20);
      out.whole(date.toEpochDay());
    } else if (value instanceof LocalTime time) {
      out.octet(21);
      out.whole(time.toNanoOfDay());
    } else if (value instanceof LocalDateTime local) {
      out.octet(22);
      out.whole(local.toLocalDate().toEpochDay());
      out.whole(local.toLocalTime().toNanoOfDay());
    } else if (value instanceof Instant instant) {
      out.octet(23);
      out.whole(instant.getEpochSecond());
      out.integer(instant.getNano());
    } else {
      throw foreign(value);
    }
  }

  private static SourceException foreign(Object value) {
    return new SourceException(
        ErrorKind.INVALID_VALUE, "no type has values of " + value.getClass().getName());
  }

  private static @Nullable Object readValue(ByteFormReader in) {
    int tag = in.octet();
    return switch (tag) {
      case 0 -> null;
      case 1 -> in.bool();
      case 2 -> in.text();
      case 3 -> in.block();
      case 4 -> new UUID(in.whole(), in.whole());
      case 10 -> in.integer();
      case 11 -> in.whole();
      case 12 -> Double.longBitsToDouble(in.whole());
      case 13 -> readDecimal(in);
      case 20 -> LocalDate.ofEpochDay(in.whole());
      case 21 -> LocalTime.ofNanoOfDay(in.whole());
      case 22 ->
          LocalDateTime.of(LocalDate.ofEpochDay(in.whole()), LocalTime.ofNanoOfDay(in.whole()));
      case 23 -> Instant.ofEpochSecond(in.whole(), in.integer());
      default -> throw new IllegalArgumentException("no value has the number " + tag);
    };
  }

  private static BigDecimal readDecimal(ByteFormReader in) {
    int scale = in.integer();
    return new BigDecimal(new BigInteger(in.block()), scale);
  }
}
