package dev.quire.odata.profile;

import dev.quire.spi.ErrorKind;
import dev.quire.spi.Expression.Function;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What the services of one vendor do in their own way. All differences between vendors stand here,
 * as data; no code asks for a profile by its name. Immutable.
 *
 * @param name as {@code profile:} in the configuration
 * @param defaultPageSize asked for when nobody said otherwise; empty leaves it to the service
 * @param maxPageSize more is never asked for
 * @param top what {@code $top} means
 * @param skip whether {@code $skip} is understood
 * @param sortsNulls whether nulls come first ascending and last descending, as the specification
 *     has it; without, their place is not known
 * @param tiesMove whether rows that an order leaves equal may change places between two pages, so
 *     that the key must be added to every order
 * @param nan whether a floating-point number may be NaN; services differ in how they order it
 * @param strings how the service compares strings
 * @param unsafeInPatterns characters that the service does not take literally in {@code
 *     startswith}, {@code endswith} and {@code contains}, and that could make it leave rows out
 * @param count how a number of rows is asked for
 * @param maxUrl characters of a URL that the service surely accepts in a GET
 * @param maxConditions comparisons in one {@code $filter} that the service surely accepts
 * @param codes error codes in lower case, in any status, to what they mean; PUSHDOWN_REFUSED where
 *     a filter, an order or a count was asked for, else nothing special
 * @param expired error codes in lower case that say that a next link is no longer good
 * @param linksLast whether a next link is good for a while: it holds the last row's place, and
 *     nothing that the service keeps
 * @param url the service root when the configuration has none
 * @param headers sent with every request for rows
 * @param entities how far what comes keeps to what is declared
 * @param advanced what some queries need besides
 * @param extras what it can do beyond OData, or seldom found parts of it
 * @param aggregates what {@code $apply} does, where every table has it
 * @param functions of values that its filters know
 * @param shortPage rows of a page of those tables whose pages are shorter than a page may be, which
 *     nothing declares
 * @param related how what navigation properties lead to is read
 */
public record Profile(
    String name,
    OptionalInt defaultPageSize,
    OptionalInt maxPageSize,
    Top top,
    boolean skip,
    boolean sortsNulls,
    boolean tiesMove,
    boolean nan,
    Strings strings,
    String unsafeInPatterns,
    Count count,
    int maxUrl,
    int maxConditions,
    Map<String, ErrorKind> codes,
    Set<String> expired,
    boolean linksLast,
    Optional<String> url,
    Map<String, String> headers,
    Entities entities,
    Optional<Advanced> advanced,
    Extras extras,
    Optional<Aggregates> aggregates,
    Set<Function> functions,
    OptionalInt shortPage,
    Related related) {

  /** What {@code $top} means. */
  public enum Top {
    /** the most rows of all pages together, as the specification has it */
    LIMIT,
    /**
     * a limit that excludes a page size, so that it is sent alone and only for limits that fit into
     * one page
     */
    LIMIT_ALONE,
    /** the most rows of one page; more follow */
    PAGE_SIZE
  }

  /**
   * How far entities keep to their declaration. Immutable.
   *
   * @param whole whether an entity has all of its properties when none is selected
   * @param notNull whether a property that is declared as never null is never null
   * @param alone qualified names of types, and those of their properties that are not sent in
   *     lists, or not to everyone: they are hidden columns of entity sets
   */
  public record Entities(boolean whole, boolean notNull, Map<String, Set<String>> alone) {
    /** As declared. */
    public static final Entities DECLARED = new Entities(true, true, Map.of());
  }

  /**
   * Queries that a service answers only when they are marked as advanced: those that sort or count,
   * and those with a filter that is not {@code plain}. Immutable.
   *
   * @param baseType qualified name of the type from which the entities must derive
   * @param headers mark the query, on every page
   * @param option marks it too, on the first page
   * @param plain functions that a filter may have without being advanced
   */
  public record Advanced(
      String baseType, Map<String, String> headers, String option, Set<Function> plain) {}

  /**
   * What a service can do that few can. Immutable.
   *
   * @param displayTexts whether it sends with a value, when asked, how people are shown it
   * @param definitions whether {@code EntityDefinitions} has labels and descriptions
   * @param fetchXml whether it answers queries in FetchXML
   * @param batchedUrl characters of a URL that it surely accepts inside of {@code $batch}; empty
   *     where nothing is sent that way
   */
  public record Extras(
      boolean displayTexts, boolean definitions, boolean fetchXml, OptionalInt batchedUrl) {
    /** Nothing but OData. */
    public static final Extras NONE = new Extras(false, false, false, OptionalInt.empty());
  }

  /**
   * How what navigation properties lead to is read. Immutable.
   *
   * @param lists how the collections below many rows are read
   * @param most navigation properties that one request may expand
   * @param filters which properties behind a navigation property a filter may name
   * @param keySegments whether a key is a segment of the path, {@code groups/7}, and not in
   *     brackets, {@code groups('7')}
   */
  public record Related(Lists lists, int most, Paths filters, boolean keySegments) {}

  /** Properties behind a navigation property. */
  public enum Paths {
    ALL,
    /** those of whose name the row itself has none: Teiid takes that one instead */
    OTHER_NAMES,
    NONE
  }

  /** How the collections below many rows are read. */
  public enum Lists {
    /** with {@code $expand}; a collection with a next link goes on there */
    FOLLOWED,
    /**
     * with {@code $expand}; a collection has no further pages, its next link leads to the same rows
     * again, and one as long as a page may be cut
     */
    CUT,
    /** each by its own path, because expanded ones end without a sign of it */
    BY_KEY
  }

  /** How two strings are equal for the service. */
  public enum Strings {
    /** as in SQL: code point by code point */
    EXACT,
    /** as {@link #LENIENT}, and letters of the alphabet are equal in any case */
    IGNORE_CASE,
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
          Top.LIMIT,
          true,
          true,
          false,
          true,
          Strings.LENIENT,
          "",
          Count.PATH,
          6_000,
          400,
          Map.of(),
          Set.of(),
          false,
          Optional.empty(),
          Map.of(),
          Entities.DECLARED,
          Optional.empty(),
          Extras.NONE,
          Optional.empty(),
          Set.copyOf(
              EnumSet.of(
                  Function.LOWER,
                  Function.MONTH,
                  Function.DAY,
                  Function.HOUR,
                  Function.MINUTE,
                  Function.SECOND,
                  Function.MOD,
                  Function.LENGTH,
                  Function.TRIM,
                  Function.CONCAT)),
          OptionalInt.empty(),
          new Related(Lists.FOLLOWED, 15, Paths.OTHER_NAMES, false));

  /**
   * Microsoft Dataverse (learn.microsoft.com, "Query data using the Web API", "Service protection
   * API limits", "Elastic tables" and "Aggregate data"). Its contains, startswith and endswith are
   * SQL Server's LIKE with the wildcards left in: {@code %} and {@code _} find more rows, a bracket
   * may find fewer.
   */
  public static final Profile DATAVERSE =
      new Profile(
          "dataverse",
          OptionalInt.of(5_000),
          OptionalInt.of(5_000),
          Top.LIMIT_ALONE,
          false,
          true,
          true,
          false,
          Strings.IGNORE_CASE,
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
              Map.entry("-2147015898", ErrorKind.THROTTLED),
              Map.entry("0x8004e023", ErrorKind.PUSHDOWN_REFUSED),
              Map.entry("-2147164125", ErrorKind.PUSHDOWN_REFUSED)),
          Set.of(),
          true,
          Optional.empty(),
          Map.of(),
          Entities.DECLARED,
          Optional.empty(),
          new Extras(true, true, true, OptionalInt.of(60_000)),
          Optional.of(new Aggregates(OptionalInt.of(5_000), false, "_base")),
          Set.of(),
          OptionalInt.of(500),
          new Related(Lists.CUT, 15, Paths.ALL, false));

  /**
   * Microsoft Graph (learn.microsoft.com, "Paging Microsoft Graph data", "Advanced query
   * capabilities on Microsoft Entra ID objects", "Handle missing properties"). Nothing is said
   * there of the place of nulls in an order; a filter has at most 15 comparisons by default, and an
   * advanced query at most 2,048 characters. An evolvable enumeration names its newer members only
   * to those who ask.
   */
  public static final Profile GRAPH =
      new Profile(
          "graph",
          OptionalInt.of(100),
          OptionalInt.of(999),
          Top.PAGE_SIZE,
          false,
          false,
          false,
          true,
          Strings.LENIENT,
          "",
          Count.PATH,
          2_000,
          15,
          Map.ofEntries(
              Map.entry("toomanyrequests", ErrorKind.THROTTLED),
              Map.entry("applicationthrottled", ErrorKind.THROTTLED),
              Map.entry("activitylimitreached", ErrorKind.THROTTLED),
              Map.entry("request_throttledtemporarily", ErrorKind.THROTTLED),
              Map.entry("request_unsupportedquery", ErrorKind.PUSHDOWN_REFUSED),
              Map.entry("errorinvalidurlqueryfilter", ErrorKind.PUSHDOWN_REFUSED),
              Map.entry("inefficientfilter", ErrorKind.PUSHDOWN_REFUSED)),
          Set.of("directory_expiredpagetoken", "syncstatenotfound", "resyncrequired"),
          false,
          Optional.of("https://graph.microsoft.com/v1.0"),
          Map.of("Prefer", "include-unknown-enum-members"),
          new Entities(
              false,
              false,
              Map.of(
                  "microsoft.graph.user",
                  Set.of(
                      "aboutMe",
                      "birthday",
                      "hireDate",
                      "interests",
                      "mailboxSettings",
                      "mySite",
                      "pastProjects",
                      "preferredName",
                      "responsibilities",
                      "schools",
                      "signInActivity",
                      "skills"),
                  "microsoft.graph.group",
                  Set.of(
                      "allowExternalSenders",
                      "autoSubscribeNewMembers",
                      "hideFromAddressLists",
                      "hideFromOutlookClients",
                      "isArchived",
                      "isSubscribedByMail",
                      "unseenCount"))),
          Optional.of(
              new Advanced(
                  "microsoft.graph.directoryObject",
                  Map.of("ConsistencyLevel", "eventual"),
                  "$count=true",
                  Set.copyOf(
                      EnumSet.of(
                          Function.AND,
                          Function.OR,
                          Function.EQ,
                          Function.IN,
                          Function.LE,
                          Function.GE,
                          Function.STARTS_WITH)))),
          Extras.NONE,
          Optional.empty(),
          Set.of(),
          OptionalInt.empty(),
          new Related(Lists.BY_KEY, 1, Paths.NONE, true));

  private static final List<Profile> ALL = List.of(NONE, DATAVERSE, GRAPH);

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
        top,
        skip,
        sortsNulls,
        tiesMove,
        nan,
        how,
        unsafeInPatterns,
        count,
        maxUrl,
        maxConditions,
        codes,
        expired,
        linksLast,
        url,
        headers,
        entities,
        advanced,
        extras,
        aggregates,
        functions,
        shortPage,
        related);
  }

  /** Characters of a URL that the service surely accepts, in whatever way it is sent. */
  public int longestUrl() {
    return extras.batchedUrl().orElse(maxUrl);
  }

  /** The page size to ask for when {@code wanted} is wanted; empty leaves it to the service. */
  public OptionalInt pageSize(OptionalInt wanted) {
    OptionalInt size = wanted.isPresent() ? wanted : defaultPageSize;
    return size.isPresent() && maxPageSize.isPresent()
        ? OptionalInt.of(Math.min(size.getAsInt(), maxPageSize.getAsInt()))
        : size;
  }

  /** A {@link Count#CAPPED} count below this is surely whole: the rows of the shortest page. */
  public OptionalLong countCap() {
    OptionalInt cap = shortPage.isPresent() ? shortPage : maxPageSize;
    return count == Count.CAPPED && cap.isPresent()
        ? OptionalLong.of(cap.getAsInt())
        : OptionalLong.empty();
  }
}
