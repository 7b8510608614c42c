package dev.quire.sample;

import static dev.quire.sample.EdmType.BOOLEAN;
import static dev.quire.sample.EdmType.DATE;
import static dev.quire.sample.EdmType.DATE_TIME_OFFSET;
import static dev.quire.sample.EdmType.DECIMAL;
import static dev.quire.sample.EdmType.GUID;
import static dev.quire.sample.EdmType.INT32;
import static dev.quire.sample.EdmType.INT64;
import static dev.quire.sample.EdmType.STRING;
import static dev.quire.sample.SampleColumn.optional;
import static dev.quire.sample.SampleColumn.required;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entity set {@code edgecases}: the values that programs get wrong, in many combinations, and
 * nulls among them. For tests; a server has it only when asked to.
 */
final class EdgeCases {
  private static final String[] TEXTS = {
    "",
    " ",
    "abc",
    "ABC",
    "Abc",
    "abc ",
    " abc",
    "ab",
    "O'Brien",
    "''",
    "say \"no\"",
    "100%",
    "100",
    "a_b",
    "axb",
    "a%b",
    "a\\b",
    "[a-c]",
    "a&b=c#d?e+f/g;h,i",
    "%27 %25",
    "tab\tand\nline",
    "null",
    "true",
    "-1",
    "1e5",
    "東京",
    "東京駅",
    "é",
    "e\u0301",
    "É",
    "straße",
    "STRASSE",
    "İi",
    "ıI",
    "Ωω",
    "😀",
    "a😀b",
    "👩\u200d👩\u200d👧",
    "\u00a0",
    "z"
  };
  private static final String[] AMOUNTS = {
    "999999999999999.9999",
    "-999999999999999.9999",
    "0",
    "0.0001",
    "-0.0001",
    "1.5",
    "2.5",
    "-2.5",
    "10",
    "10.0000",
    "123456.7890",
    "900719925474099.2593"
  };
  private static final long[] SMALL = {
    Integer.MIN_VALUE, Integer.MAX_VALUE, -2_147_483_647L, 0, 1, -1, 2, 7, 100, 65_536
  };
  private static final long[] BIG = {
    Long.MIN_VALUE,
    Long.MAX_VALUE,
    Long.MIN_VALUE + 1,
    0,
    1,
    -1,
    (1L << 53) + 1,
    1L << 53,
    4_294_967_296L,
    -4_294_967_297L
  };
  private static final String[] DAYS = {
    "1900-01-01",
    "1899-12-31",
    "1582-10-15",
    "1582-10-04",
    "1969-12-31",
    "1970-01-01",
    "2000-02-29",
    "1900-02-28",
    "2024-02-29",
    "2024-03-31",
    "2024-12-31",
    "2025-01-01",
    "9999-12-31",
    "1753-01-01"
  };
  private static final String[] MOMENTS = {
    "1900-01-01T00:00:00Z",
    "1969-12-31T23:59:59Z",
    "1970-01-01T00:00:00Z",
    "2024-03-31T00:59:59Z",
    "2024-03-31T01:00:00Z",
    "2024-10-27T00:30:00Z",
    "2024-10-27T01:30:00Z",
    "2024-03-10T06:59:59Z",
    "2024-03-10T07:00:00Z",
    "2024-02-29T23:59:59Z",
    "2024-12-31T23:59:59Z",
    "2025-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z",
    "1753-01-01T00:00:00Z"
  };

  private EdgeCases() {}

  static SampleTable of(RowKeys keys) {
    return new SampleTable("edgecases", "edgecase", keys, columns(keys), List.of());
  }

  private static List<SampleColumn> columns(RowKeys keys) {
    return List.of(
        required("edgecaseid", GUID, "Unique identifier.", keys::key),
        optional("label", STRING, "An awkward text.", row -> text(row, 60)),
        optional("other", STRING, "Another awkward text.", row -> text(row, 61)),
        optional("amount", DECIMAL, "As great and as small as they get.", EdgeCases::amount),
        optional("rate", DECIMAL, "-10 to 10, never 0.", EdgeCases::rate),
        optional("small", INT32, "32 bits to the full.", row -> one(SMALL, row, 64)),
        optional("quantity", INT32, "-50 to 199.", EdgeCases::quantity),
        optional("big", INT64, "64 bits to the full.", row -> one(BIG, row, 66)),
        optional("flag", BOOLEAN, "", EdgeCases::flag),
        optional("dayon", DATE, "Days at which calendars turn.", EdgeCases::day),
        optional("happened", DATE_TIME_OFFSET, "Moments at which clocks turn.", EdgeCases::moment),
        optional("_parentid_value", GUID, "Another row of this set.", row -> parent(keys, row)));
  }

  private static boolean isNull(long row, int salt) {
    return Noise.below(7, row, salt + 100) == 0;
  }

  private static @Nullable Object text(long row, int salt) {
    return isNull(row, salt) ? null : Noise.pick(TEXTS, row, salt);
  }

  private static @Nullable Object amount(long row) {
    return isNull(row, 62) ? null : new BigDecimal(Noise.pick(AMOUNTS, row, 62));
  }

  private static @Nullable Object rate(long row) {
    long size = 1 + Noise.below(100_000, row, 63);
    return isNull(row, 63) ? null : BigDecimal.valueOf(row % 2 == 0 ? size : -size, 4);
  }

  private static @Nullable Object one(long[] values, long row, int salt) {
    return isNull(row, salt) ? null : (Object) values[Noise.below(values.length, row, salt)];
  }

  private static @Nullable Object quantity(long row) {
    return isNull(row, 65) ? null : (Object) (Noise.below(250, row, 65) - 50L);
  }

  private static @Nullable Object flag(long row) {
    return isNull(row, 67) ? null : (Object) (Noise.below(2, row, 67) == 0);
  }

  private static @Nullable Object day(long row) {
    return isNull(row, 68) ? null : LocalDate.parse(Noise.pick(DAYS, row, 68));
  }

  private static @Nullable Object moment(long row) {
    return isNull(row, 69) ? null : Instant.parse(Noise.pick(MOMENTS, row, 69));
  }

  private static @Nullable Object parent(RowKeys keys, long row) {
    return isNull(row, 70) ? null : keys.key(row / 2);
  }
}
