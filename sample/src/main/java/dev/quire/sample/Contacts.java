package dev.quire.sample;

import static dev.quire.sample.EdmType.BOOLEAN;
import static dev.quire.sample.EdmType.DATE;
import static dev.quire.sample.EdmType.DATE_TIME_OFFSET;
import static dev.quire.sample.EdmType.GUID;
import static dev.quire.sample.EdmType.INT32;
import static dev.quire.sample.EdmType.STRING;
import static dev.quire.sample.SampleColumn.optional;
import static dev.quire.sample.SampleColumn.required;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entity set {@code contacts}. */
final class Contacts {
  private static final long FIRST_CREATED = Instant.parse("2016-02-29T00:00:00Z").getEpochSecond();
  private static final LocalDate FIRST_BORN = LocalDate.of(1940, 1, 1);

  private Contacts() {}

  static SampleTable over(Relations relations) {
    return new SampleTable(
        "contacts", "contact", relations.contacts(), columns(relations), navigations(relations));
  }

  private static List<SampleColumn> columns(Relations relations) {
    return List.of(
        required("contactid", GUID, "Unique identifier of the contact.", relations.contacts()::key),
        optional("fullname", STRING, "First and last name.", Contacts::fullName),
        optional("firstname", STRING, "", Contacts::firstName),
        optional("lastname", STRING, "", Contacts::lastName),
        optional("emailaddress1", STRING, "Primary e-mail address.", Contacts::email),
        optional("birthdate", DATE, "Birthday.", Contacts::born),
        optional("donotemail", BOOLEAN, "", row -> row % 8 == 2),
        optional("statecode", INT32, "0 active, 1 inactive.", row -> row % 12 == 5 ? 1L : 0L),
        optional(
            "createdon",
            DATE_TIME_OFFSET,
            "When the record was created.",
            row -> Instant.ofEpochSecond(FIRST_CREATED + Noise.below(280_000_000, row, 23))),
        optional(
            "_parentcustomerid_value",
            GUID,
            "The account that the contact works for.",
            row -> Relations.keyOf(relations.accounts(), relations.employerOf(row))));
  }

  private static List<Navigation> navigations(Relations relations) {
    return List.of(
        new Navigation(
            "parentcustomerid_account",
            "accounts",
            false,
            "_parentcustomerid_value",
            "contact_customer_accounts",
            relations::employerOf),
        new Navigation(
            "account_primary_contact",
            "accounts",
            true,
            "",
            "primarycontactid",
            relations::accountsWithPrimary));
  }

  private static String firstName(long row) {
    return Noise.pick(Words.FIRST_NAMES, row, 20);
  }

  private static String lastName(long row) {
    return Noise.pick(Words.LAST_NAMES, row, 21);
  }

  private static String fullName(long row) {
    return firstName(row) + " " + lastName(row);
  }

  private static @Nullable Object email(long row) {
    return row % 6 == 1 ? null : "contact" + (row + 1) + "@example.com";
  }

  private static @Nullable Object born(long row) {
    return row % 4 == 3 ? null : FIRST_BORN.plusDays(Noise.below(24_000, row, 22));
  }
}
