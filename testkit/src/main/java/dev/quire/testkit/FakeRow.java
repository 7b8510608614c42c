package dev.quire.testkit;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One row of the data that the conformance suite reads through a connector. Immutable.
 *
 * @param id 1 for the first row
 * @param name text beyond ASCII, and beyond 16 bits a character
 * @param note null in every third row
 * @param amount needs all 18 digits, 2 of them after the point
 * @param big whole, and too large for a double
 * @param created with milliseconds
 */
public record FakeRow(
    int id, String name, @Nullable String note, BigDecimal amount, long big, Instant created) {

  /** The fields of a row, and the kind of column that each is meant for. */
  public enum Field {
    /** INTEGER, not null, the key */
    ID,
    /** VARCHAR */
    NAME,
    /** VARCHAR, nullable */
    NOTE,
    /** DECIMAL(18, 2), or VARCHAR with the same digits where the API has no decimals */
    AMOUNT,
    /** BIGINT */
    BIG,
    /** TIMESTAMP_TZ */
    CREATED
  }

  /** The row of a number. */
  public static FakeRow of(int id) {
    return new FakeRow(
        id,
        "name " + id + " é日本𝄞",
        id % 3 == 0 ? null : "note " + id,
        new BigDecimal("1234567890123456.00").add(new BigDecimal(id).movePointLeft(2)),
        (1L << 53) + id,
        Instant.parse("2026-03-29T00:59:59.123Z").plusSeconds(3600L * id));
  }

  /** Rows of consecutive numbers. */
  static List<FakeRow> range(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(FakeRow::of).toList();
  }

  /** The value of a field as the wire format wants to print it. */
  public @Nullable Object value(Field field) {
    return switch (field) {
      case ID -> id;
      case NAME -> name;
      case NOTE -> note;
      case AMOUNT -> amount;
      case BIG -> big;
      case CREATED -> created;
    };
  }

  /** A value in a form in which values of different classes, but of one meaning, are equal. */
  static @Nullable Object comparable(@Nullable Object value) {
    if (value instanceof Number number) {
      return new BigDecimal(number.toString()).stripTrailingZeros();
    }
    if (value instanceof String text && text.matches("\\d+\\.\\d+")) {
      return new BigDecimal(text).stripTrailingZeros();
    }
    if (value instanceof LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC).toString();
    }
    return value instanceof Instant ? value.toString() : value;
  }
}
