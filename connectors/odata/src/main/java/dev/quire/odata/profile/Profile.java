package dev.quire.odata.profile;

import dev.quire.spi.ErrorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the services of one vendor do in their own way. All differences between vendors stand here,
 * as data; no code asks for a profile by its name. Immutable.
 *
 * @param name as {@code profile:} in the configuration
 * @param defaultPageSize asked for when nobody said otherwise; empty leaves it to the service
 * @param maxPageSize more is never asked for
 * @param topStopsPaging whether {@code $top} and a page size exclude each other, so that {@code
 *     $top} is sent alone and only for limits that fit into one page
 * @param skip whether {@code $skip} is understood
 * @param tiesMove whether rows that an order leaves equal may change places between two pages, so
 *     that the key must be added to every order
 * @param nan whether a floating-point number may be NaN; services differ in how they order it
 * @param strings how the service compares strings
 * @param unsafeInPatterns characters that the service does not take literally in {@code
 *     startswith}, {@code endswith} and {@code contains}, and that could make it leave rows out
 * @param count how a number of rows is asked for
 * @param maxUrl characters of a URL that the service surely accepts
 * @param maxConditions comparisons in one {@code $filter} that the service surely accepts
 * @param codes error codes, in any status, to what they mean
 */
public record Profile(
    String name,
    OptionalInt defaultPageSize,
    OptionalInt maxPageSize,
    boolean topStopsPaging,
    boolean skip,
    boolean tiesMove,
    boolean nan,
    Strings strings,
    String unsafeInPatterns,
    Count count,
    int maxUrl,
    int maxConditions,
    Map<String, ErrorKind> codes) {

  /** How two strings are equal for the service. */
  public enum Strings {
    /** as in SQL: code point by code point */
    EXACT,
    /**
     * equal ones are equal, and perhaps some that differ: in case, in trailing blanks, in accents
     */
    LENIENT
  }

  /** How a number of rows is asked for. */
  public enum Count {
    /** {@code GET set/$count} answers the number. */
    PATH,
    /**
     * {@code $count=true} answers a number that stops at a cap, with annotations that say whether
     * it did.
     */
    CAPPED
  }

  /** No vendor: the specification, with as few assumptions as possible. */
  public static final Profile NONE =
      new Profile(
          "none",
          OptionalInt.empty(),
          OptionalInt.empty(),
          false,
          true,
          false,
          true,
          Strings.LENIENT,
          "",
          Count.PATH,
          6_000,
          400,
          Map.of());

  /**
   * Microsoft Dataverse (learn.microsoft.com, "Query data using the Web API" and "Service
   * protection API limits"). Its contains, startswith and endswith are SQL Server's LIKE with the
   * wildcards left in: {@code %} and {@code _} find more rows, a bracket may find fewer.
   */
  public static final Profile DATAVERSE =
      new Profile(
          "dataverse",
          OptionalInt.of(5_000),
          OptionalInt.of(5_000),
          true,
          false,
          true,
          false,
          Strings.LENIENT,
          "[",
          Count.CAPPED,
          30_000,
          400,
          Map.ofEntries(
              Map.entry("0x80072322", ErrorKind.THROTTLED),
              Map.entry("0x80072321", ErrorKind.THROTTLED),
              Map.entry("0x80072326", ErrorKind.THROTTLED),
              Map.entry("-2147015902", ErrorKind.THROTTLED),
              Map.entry("-2147015903", ErrorKind.THROTTLED),
              Map.entry("-2147015898", ErrorKind.THROTTLED)));

  private static final List<Profile> ALL = List.of(NONE, DATAVERSE);

  public static List<String> names() {
    return ALL.stream().map(Profile::name).toList();
  }

  public static Optional<Profile> find(String name) {
    return ALL.stream().filter(profile -> profile.name.equals(name)).findFirst();
  }

  /** The same vendor with another comparison of strings. */
  public Profile withStrings(Strings how) {
    return new Profile(
        name,
        defaultPageSize,
        maxPageSize,
        topStopsPaging,
        skip,
        tiesMove,
        nan,
        how,
        unsafeInPatterns,
        count,
        maxUrl,
        maxConditions,
        codes);
  }

  /** The page size to ask for when {@code wanted} is wanted; empty leaves it to the service. */
  public OptionalInt pageSize(OptionalInt wanted) {
    OptionalInt size = wanted.isPresent() ? wanted : defaultPageSize;
    return size.isPresent() && maxPageSize.isPresent()
        ? OptionalInt.of(Math.min(size.getAsInt(), maxPageSize.getAsInt()))
        : size;
  }

  /** The cap of a {@link Count#CAPPED} count: one page. */
  public OptionalLong countCap() {
    return count == Count.CAPPED && maxPageSize.isPresent()
        ? OptionalLong.of(maxPageSize.getAsInt())
        : OptionalLong.empty();
  }
}
