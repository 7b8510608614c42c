package dev.quire.it.sql;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes up statements over the sample server's tables; the same seed gives the same ones. */
final class CrmStatements {
  /**
   * A statement.
   *
   * @param ordered whether the order of its rows is fixed
   */
  record Statement(String sql, boolean ordered) {}

  /** A table with its key first, and per column some values to compare with. */
  private record Sample(String name, List<String> columns, Map<String, List<String>> values) {
    String key() {
      return columns.get(0);
    }
  }

  private static final List<String> TEXTS =
      List.of(
          "'Contoso Berlin'",
          "'CONTOSO BERLIN'",
          "'contoso paris '",
          "'東京'",
          "'A+B=C Consulting Oslo'",
          "'100% Cotton 東京'",
          "'O''Brien & Sons, Ltd. Dublin'",
          "''",
          "'Zürich'",
          "'ZÜRICH'",
          "'M'");
  private static final List<String> PATTERNS =
      List.of(
          "'Con%'",
          "'con%'",
          "'%Oslo'",
          "'%o''b%'",
          "'100!% %' ESCAPE '!'",
          "'100_ %'",
          "'%東%'",
          "'%_Score%'",
          "'%\"%'",
          "'%\\%'",
          "'%[%]%'",
          "'%'",
          "'%ß%'",
          "'%#1%'",
          "'% & %'");
  private static final List<String> MOMENTS =
      List.of(
          "TIMESTAMP '2019-06-01 00:00:00'",
          "TIMESTAMP '2021-12-31 23:59:59'",
          "TIMESTAMP '2023-02-03 04:05:06'");
  private static final List<String> FULL_NAMES =
      List.of("'Anna Smith'", "'anna smith'", "'花子 佐藤'", "'Zoë O''Neill'");
  private static final List<String> BIRTHDATES =
      List.of("DATE '1970-01-01'", "DATE '1999-12-31'", "DATE '1944-02-29'");
  private static final String PRIMARY_NAME = "\"primarycontactid.fullname\"";
  private static final String PRIMARY_BIRTHDATE = "\"primarycontactid.birthdate\"";
  private static final String PRIMARY_STATE = "\"primarycontactid.statecode\"";
  private static final List<Sample> TABLES =
      List.of(
          new Sample(
              "accounts",
              List.of(
                  "accountid",
                  "name",
                  "revenue",
                  "numberofemployees",
                  "statecode",
                  "createdon",
                  "creditonhold",
                  "address1_city",
                  "description",
                  "versionnumber",
                  "_primarycontactid_value",
                  PRIMARY_NAME,
                  PRIMARY_BIRTHDATE,
                  PRIMARY_STATE),
              Map.ofEntries(
                  Map.entry("name", TEXTS),
                  Map.entry("address1_city", TEXTS),
                  Map.entry("description", TEXTS),
                  Map.entry("revenue", List.of("5000000.25", "90000000", "1.5", "1000000000.0001")),
                  Map.entry("numberofemployees", List.of("100", "2500", "4999", "-1")),
                  Map.entry("statecode", List.of("0", "1", "2")),
                  Map.entry("versionnumber", List.of("9007199254740993", "9007199254741999")),
                  Map.entry("createdon", MOMENTS),
                  Map.entry(PRIMARY_NAME, FULL_NAMES),
                  Map.entry(PRIMARY_BIRTHDATE, BIRTHDATES),
                  Map.entry(PRIMARY_STATE, List.of("0", "1")))),
          new Sample(
              "accounts.contact_customer_accounts",
              List.of(
                  "contactid",
                  "parent_accountid",
                  "fullname",
                  "birthdate",
                  "statecode",
                  "createdon"),
              Map.of(
                  "fullname", FULL_NAMES,
                  "birthdate", BIRTHDATES,
                  "statecode", List.of("0", "1"),
                  "createdon", MOMENTS)),
          new Sample(
              "contacts",
              List.of(
                  "contactid",
                  "fullname",
                  "emailaddress1",
                  "birthdate",
                  "donotemail",
                  "statecode",
                  "createdon",
                  "_parentcustomerid_value"),
              Map.of(
                  "fullname", FULL_NAMES,
                  "emailaddress1", List.of("'contact7@example.com'", "'CONTACT7@EXAMPLE.COM'"),
                  "birthdate", BIRTHDATES,
                  "statecode", List.of("0", "1"),
                  "createdon", MOMENTS)),
          new Sample(
              "opportunities",
              List.of(
                  "opportunityid",
                  "name",
                  "estimatedvalue",
                  "closeprobability",
                  "statecode",
                  "actualclosedate"),
              Map.of(
                  "name", List.of("'Pilot 2022'", "'PILOT 2022'", "'増設 2023'"),
                  "estimatedvalue", List.of("1000000.5", "12345678.90"),
                  "closeprobability", List.of("50", "95", "0"),
                  "statecode", List.of("0", "1", "2"),
                  "actualclosedate", List.of("DATE '2022-06-30'", "DATE '2024-01-01'"))));

  /** Types of the columns in H2; all others are texts. */
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("accountid", "UUID"),
          Map.entry("contactid", "UUID"),
          Map.entry("opportunityid", "UUID"),
          Map.entry("_primarycontactid_value", "UUID"),
          Map.entry("_parentcustomerid_value", "UUID"),
          Map.entry("revenue", "DECIMAL(19, 4)"),
          Map.entry("estimatedvalue", "DECIMAL(19, 4)"),
          Map.entry("numberofemployees", "INTEGER"),
          Map.entry("closeprobability", "INTEGER"),
          Map.entry("statecode", "INTEGER"),
          Map.entry("versionnumber", "BIGINT"),
          Map.entry("creditonhold", "BOOLEAN"),
          Map.entry("donotemail", "BOOLEAN"),
          Map.entry("birthdate", "DATE"),
          Map.entry("actualclosedate", "DATE"),
          Map.entry("createdon", "TIMESTAMP WITH TIME ZONE"));

  private final Random random;

  CrmStatements(long seed) {
    random = new Random(seed);
  }

  /** The entity sets and their own columns as H2 declares them. */
  static Map<String, List<String>> tables() {
    return TABLES.stream()
        .filter(table -> !table.name().contains("."))
        .collect(
            Collectors.toMap(
                Sample::name,
                table ->
                    table.columns().stream()
                        .filter(column -> !column.contains("."))
                        .map(column -> column + " " + TYPES.getOrDefault(column, "VARCHAR"))
                        .toList()));
  }

  Statement next() {
    Sample table = pick(TABLES);
    String from =
        " FROM s." + table.name() + (random.nextInt(6) == 0 ? "" : " WHERE " + condition(table, 2));
    return switch (random.nextInt(7)) {
      case 0 -> new Statement("SELECT COUNT(*)" + from, true);
      case 1 -> grouped(table, from);
      case 2 -> new Statement("SELECT DISTINCT " + pick(table.columns()) + from, false);
      case 3 -> new Statement("SELECT " + columns(table) + from, false);
      default -> limited(table, from);
    };
  }

  private Statement grouped(Sample table, String from) {
    String key = pick(table.columns().subList(1, table.columns().size()));
    String value = pick(List.copyOf(table.values().keySet()));
    boolean number = table.values().get(value).get(0).matches("-?[0-9.]+");
    String more = number ? ", SUM(%2$s), AVG(%2$s)" : "";
    String functions =
        pick(List.of("COUNT(*)", "COUNT(*), COUNT(%2$s)", "COUNT(DISTINCT %2$s)"))
            + ", MIN(%2$s), MAX(%2$s)"
            + more;
    String selected = functions.formatted(key, value);
    return random.nextInt(3) == 0
        ? new Statement("SELECT " + selected + from, true)
        : new Statement("SELECT " + key + ", " + selected + from + " GROUP BY " + key, false);
  }

  /** With the key as the last column of the order, so that there is one right answer. */
  private Statement limited(Sample table, String from) {
    String order =
        IntStream.range(0, random.nextInt(3))
            .mapToObj(i -> pick(table.columns()) + direction() + ", ")
            .collect(Collectors.joining());
    String limit = random.nextInt(4) == 0 ? "" : " LIMIT " + random.nextInt(900);
    String offset = random.nextInt(3) == 0 ? " OFFSET " + random.nextInt(500) : "";
    return new Statement(
        "SELECT %s%s ORDER BY %s%s%s%s%s"
            .formatted(
                columns(table),
                from,
                order,
                table.key(),
                pick(List.of("", " DESC")),
                limit,
                offset),
        true);
  }

  private String direction() {
    return pick(List.of("", " DESC", " ASC")) + pick(List.of("", " NULLS FIRST", " NULLS LAST"));
  }

  private String columns(Sample table) {
    return pick(table.columns()) + " AS one, " + pick(table.columns()) + " AS two";
  }

  private String condition(Sample table, int depth) {
    if (depth == 0 || random.nextInt(3) == 0) {
      return test(table);
    }
    String left = condition(table, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "NOT (" + left + ")";
      case 1 -> "(" + left + " OR " + condition(table, depth - 1) + ")";
      default -> "(" + left + " AND " + condition(table, depth - 1) + ")";
    };
  }

  private String test(Sample table) {
    String column = pick(table.columns());
    List<String> values = table.values().get(column);
    if (values == null || random.nextInt(6) == 0) {
      return column + pick(List.of(" IS NULL", " IS NOT NULL"));
    }
    boolean text = values.get(0).startsWith("'");
    if (!text && random.nextInt(3) == 0) {
      return stepped(column, values);
    }
    return switch (random.nextInt(text ? 6 : 3)) {
      case 5 ->
          pick(List.of("LOWER(", "UPPER("))
              + column
              + pick(List.of(") = 'contoso berlin'", ") LIKE 'CON%'", ") LIKE '%oslo'", ") = 'M'"));
      case 0 ->
          column + pick(List.of(" IN (", " NOT IN (")) + pick(values) + ", " + pick(values) + ")";
      case 1 -> column + " BETWEEN " + pick(values) + " AND " + pick(values);
      case 2 -> column + pick(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= ")) + pick(values);
      default -> column + pick(List.of(" LIKE ", " NOT LIKE ")) + pick(PATTERNS);
    };
  }

  /** A comparison with a function that is a range of the column. */
  private String stepped(String column, List<String> values) {
    String operator = pick(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= "));
    if (values.get(0).matches("-?[0-9.]+")) {
      return "FLOOR(" + column + ")" + operator + pick(values);
    }
    return switch (random.nextInt(4)) {
      case 0 -> "YEAR(" + column + ")" + operator + (2019 + random.nextInt(6));
      case 1 -> "YEAR(" + column + ") IN (2020, 2021, 2023)";
      case 2 -> "FLOOR(" + column + " TO MONTH)" + operator + pick(values);
      default -> "CAST(" + column + " AS DATE)" + operator + "DATE '2021-12-31'";
    };
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
