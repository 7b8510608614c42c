package dev.quire.sample;

import static dev.quire.sample.EdmType.DATE;
import static dev.quire.sample.EdmType.DATE_TIME_OFFSET;
import static dev.quire.sample.EdmType.DECIMAL;
import static dev.quire.sample.EdmType.GUID;
import static dev.quire.sample.EdmType.INT32;
import static dev.quire.sample.EdmType.STRING;
import static dev.quire.sample.SampleColumn.optional;
import static dev.quire.sample.SampleColumn.required;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entity set {@code opportunities}. */
final class Opportunities {
  private static final long FIRST_CREATED = Instant.parse("2021-04-01T06:30:00Z").getEpochSecond();

  private Opportunities() {}

  static SampleTable over(Relations relations) {
    return new SampleTable(
        "opportunities",
        "opportunity",
        relations.opportunities(),
        columns(relations),
        List.of(
            new Navigation(
                "customerid_account",
                "accounts",
                false,
                "_customerid_value",
                "opportunity_customer_accounts",
                relations::customerOf)));
  }

  private static List<SampleColumn> columns(Relations relations) {
    return List.of(
        required(
            "opportunityid",
            GUID,
            "Unique identifier of the opportunity.",
            relations.opportunities()::key),
        optional("name", STRING, "Subject of the opportunity.", Opportunities::name),
        optional("estimatedvalue", DECIMAL, "Estimated revenue.", Opportunities::value),
        optional("closeprobability", INT32, "Chance to win, in percent.", Opportunities::chance),
        optional("statecode", INT32, "0 open, 1 won, 2 lost.", Opportunities::state),
        optional("createdon", DATE_TIME_OFFSET, "", Opportunities::created),
        optional("actualclosedate", DATE, "When it was closed.", Opportunities::closed),
        optional(
            "_customerid_value",
            GUID,
            "The account that may buy.",
            row -> Relations.keyOf(relations.accounts(), relations.customerOf(row))),
        optional("_transactioncurrencyid_value", GUID, "Currency.", Relations::currency));
  }

  private static String name(long row) {
    return Noise.pick(Words.TOPICS, row, 40) + " " + (2021 + row % 6);
  }

  private static @Nullable Object value(long row) {
    return row % 15 == 8 ? null : BigDecimal.valueOf(Noise.below(2_000_000_000, row, 41), 2);
  }

  private static @Nullable Object chance(long row) {
    return row % 10 == 0 ? null : (Object) Long.valueOf(Noise.below(21, row, 42) * 5L);
  }

  private static Long state(long row) {
    return (long) Noise.below(3, row, 43);
  }

  private static Instant created(long row) {
    return Instant.ofEpochSecond(FIRST_CREATED + Noise.below(150_000_000, row, 44));
  }

  private static @Nullable Object closed(long row) {
    if (state(row) == 0) {
      return null;
    }
    LocalDate opened = created(row).atZone(ZoneOffset.UTC).toLocalDate();
    return opened.plusDays(Noise.below(365, row, 45));
  }
}
