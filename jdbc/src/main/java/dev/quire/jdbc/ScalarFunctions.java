package dev.quire.jdbc;

import java.util.List;
import java.util.TreeSet;

/** The functions of JDBC's lists that statements may use. */
final class ScalarFunctions {
  static final List<String> NUMERIC =
      List.of(
          "ABS",
          "ACOS",
          "ASIN",
          "ATAN",
          "ATAN2",
          "CEILING",
          "COS",
          "COT",
          "DEGREES",
          "EXP",
          "FLOOR",
          "LOG10",
          "MOD",
          "PI",
          "POWER",
          "RADIANS",
          "ROUND",
          "SIGN",
          "SIN",
          "SQRT",
          "TAN",
          "TRUNCATE");

  static final List<String> STRING =
      List.of("CHAR_LENGTH", "CONCAT", "LOWER", "POSITION", "REPLACE", "SUBSTRING", "UPPER");

  static final List<String> SYSTEM = List.of("COALESCE", "NULLIF");

  static final List<String> TIME_AND_DATE =
      List.of(
          "CURRENT_DATE",
          "CURRENT_TIME",
          "CURRENT_TIMESTAMP",
          "EXTRACT",
          "TIMESTAMPADD",
          "TIMESTAMPDIFF");

  private ScalarFunctions() {}

  /** All of them, in alphabetical order. */
  static TreeSet<String> all() {
    TreeSet<String> all = new TreeSet<>(NUMERIC);
    all.addAll(STRING);
    all.addAll(SYSTEM);
    all.addAll(TIME_AND_DATE);
    return all;
  }
}
