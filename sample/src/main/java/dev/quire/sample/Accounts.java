package dev.quire.sample;

import static dev.quire.sample.EdmType.BOOLEAN;
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
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The entity set {@code accounts}. */
final class Accounts {
  private static final long FIRST_CREATED = Instant.parse("2015-01-05T08:00:00Z").getEpochSecond();
  private static final int TEN_YEARS = 10 * 365 * 86_400;
  private static final long ABOVE_DOUBLE = (1L << 53) + 1;

  private Accounts() {}

  static SampleTable over(Relations relations) {
    return new SampleTable(
        "accounts", "account", relations.accounts(), columns(relations), navigations(relations));
  }

  private static List<SampleColumn> columns(Relations relations) {
    return List.of(
        required("accountid", GUID, "Unique identifier of the account.", relations.accounts()::key),
        optional("name", STRING, "Name of the company or business.", Accounts::name),
        optional("accountnumber", STRING, "ID number or code of the account.", Accounts::number),
        optional("revenue", DECIMAL, "Annual revenue of the account.", Accounts::revenue),
        optional("numberofemployees", INT32, "Number of employees.", Accounts::employees),
        optional("statecode", INT32, "0 active, 1 inactive.", row -> row % 7 == 3 ? 1L : 0L),
        optional("createdon", DATE_TIME_OFFSET, "When the record was created.", Accounts::created),
        optional("modifiedon", DATE_TIME_OFFSET, "", Accounts::modified),
        optional("creditonhold", BOOLEAN, "Whether credit is on hold.", Accounts::onHold),
        optional("address1_city", STRING, "City of the first address.", Accounts::city),
        optional("websiteurl", STRING, "", Accounts::website),
        optional("description", STRING, "Anything else worth knowing.", Accounts::description),
        optional(
            "_primarycontactid_value",
            GUID,
            "Primary contact.",
            row -> Relations.keyOf(relations.contacts(), relations.primaryContactOf(row))),
        optional("_transactioncurrencyid_value", GUID, "Currency.", Relations::currency),
        optional("versionnumber", INT64, "Version of the record.", Accounts::version));
  }

  private static List<Navigation> navigations(Relations relations) {
    return List.of(
        new Navigation(
            "primarycontactid",
            "contacts",
            false,
            "_primarycontactid_value",
            "account_primary_contact",
            relations::primaryContactOf),
        new Navigation(
            "contact_customer_accounts",
            "contacts",
            true,
            "",
            "parentcustomerid_account",
            relations::contactsOf),
        new Navigation(
            "opportunity_customer_accounts",
            "opportunities",
            true,
            "",
            "customerid_account",
            relations::opportunitiesOf));
  }

  private static String name(long row) {
    String name = Noise.pick(Words.COMPANIES, row, 1) + " " + Noise.pick(Words.CITIES, row, 2);
    return switch ((int) (row % 50)) {
      case 11 -> name.toUpperCase(Locale.ROOT);
      case 31 -> name.toLowerCase(Locale.ROOT);
      default -> name;
    };
  }

  private static String number(long row) {
    String digits = Long.toString(row + 1);
    return "ACC-" + "00000000".substring(digits.length()) + digits;
  }

  private static @Nullable Object revenue(long row) {
    long noise = Noise.of(row, 3) >>> 1;
    if (row % 9 == 5) {
      return null;
    }
    return row % 4 == 0
        ? BigDecimal.valueOf(noise % 100_000_000_000_000L, 4)
        : BigDecimal.valueOf(noise % 1_000_000_000_0L, 2);
  }

  private static @Nullable Object employees(long row) {
    return row % 11 == 4 ? null : (Object) Long.valueOf(Noise.below(5_000, row, 4));
  }

  private static Instant created(long row) {
    return Instant.ofEpochSecond(FIRST_CREATED + Noise.below(TEN_YEARS, row, 5));
  }

  private static Instant modified(long row) {
    return created(row).plusSeconds(Noise.below(30_000_000, row, 6));
  }

  private static @Nullable Object onHold(long row) {
    return row % 13 == 6 ? null : (Object) (Noise.below(5, row, 7) == 0);
  }

  private static @Nullable Object city(long row) {
    return row % 19 == 9 ? null : Noise.pick(Words.CITIES, row, 2);
  }

  private static @Nullable Object website(long row) {
    return row % 3 == 1 ? null : "https://www.example.com/a/" + (row + 1) + "?from=crm&lang=ja";
  }

  private static @Nullable Object description(long row) {
    return row % 5 == 0 ? Noise.pick(Words.REMARKS, row, 8) : null;
  }

  private static Long version(long row) {
    return ABOVE_DOUBLE + row * 2;
  }
}
