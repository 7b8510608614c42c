package dev.quire.it.sql;

import java.util.List;
import java.util.Random;

/**
 * Makes up expressions over the columns of {@code edgecases}. What they compute fits its type, so
 * that they have a value for every row.
 */
final class EdgeExpressions {
  private static final List<String> TEXTS =
      List.of(
          "''",
          "' '",
          "'abc'",
          "'ABC'",
          "'abc '",
          "'O''Brien'",
          "'100%'",
          "'a_b'",
          "'a\\b'",
          "'東京'",
          "'é'",
          "U&'e\\0301'",
          "'straße'",
          "'😀'",
          "'a&b=c#d?e+f/g;h,i'",
          "'%27 %25'",
          "'zz'",
          "'null'");
  private static final List<String> PATTERNS =
      List.of(
          "'abc%'",
          "'%c'",
          "'%b%'",
          "'%''%'",
          "'100!%' ESCAPE '!'",
          "'%!_%' ESCAPE '!'",
          "'a\\%'",
          "'%\\%%' ESCAPE '\\'",
          "'東%'",
          "'%京'",
          "'%é%'",
          "'%\"%'",
          "'%&%=%'",
          "'%[%]%'",
          "'%'",
          "''",
          "'% '",
          "'%😀%'",
          "'%ß%'",
          "'%SS%'");

  /** For H2 a character beyond U+FFFF is two of these underscores. */
  private static final List<String> SINGLES = List.of("'_'", "'a_b'", "'_bc'", "'__'", "'a%_'");

  private static final List<String> AMOUNTS =
      List.of(
          "0",
          "1.5",
          "2.50",
          "-2.5",
          "10",
          "0.00005",
          "123456.789",
          "999999999999999.9999",
          "-999999999999999.9999",
          "900719925474099.2593");
  private static final List<String> SMALL =
      List.of("0", "1", "-1", "7", "2147483647", "-2147483648", "100", "3000000000", "1.5");
  private static final List<String> BIG =
      List.of(
          "0",
          "1",
          "9007199254740992",
          "9007199254740993",
          "9223372036854775807",
          "-9223372036854775808",
          "4294967296",
          "0.5");
  private static final List<String> DAYS =
      List.of(
          "DATE '1900-01-01'",
          "DATE '1582-10-10'",
          "DATE '1969-12-31'",
          "DATE '2024-02-29'",
          "DATE '9999-12-31'",
          "DATE '2024-03-31'");
  private static final List<String> MOMENTS =
      List.of(
          "TIMESTAMP '1900-01-01 00:00:00'",
          "TIMESTAMP '1969-12-31 23:59:59'",
          "TIMESTAMP '2024-03-31 01:00:00'",
          "TIMESTAMP '2024-03-31 00:59:59.5'",
          "TIMESTAMP WITH TIME ZONE '2024-03-31 03:00:00+02:00'",
          "TIMESTAMP WITH TIME ZONE '2024-12-31 18:59:59-05:00'",
          "TIMESTAMP '9999-12-31 23:59:59'",
          "DATE '2024-10-27'");

  private final Random random;

  EdgeExpressions(Random random) {
    this.random = random;
  }

  <T> T one(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  boolean chance(int outOf) {
    return random.nextInt(outOf) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  String value(String row, int depth) {
    return switch (below(6)) {
      case 0 -> whole(row, depth);
      case 1 -> decimal(row, depth);
      case 2 -> row + one(EdgeStatements.COLUMNS);
      case 3 -> time(row);
      case 4 -> choice(row, depth);
      default -> text(row, depth);
    };
  }

  /** An INTEGER of at most six digits. */
  String whole(String row, int depth) {
    if (depth == 0) {
      return one(List.of(row + "quantity", "MOD(" + row + "small, 100)", "" + (below(60) - 20)));
    }
    String a = whole(row, depth - 1);
    return switch (below(10)) {
      case 0 -> "(%s %s %s)".formatted(a, one(List.of("+", "-")), whole(row, depth - 1));
      case 1 -> "(%s * %s)".formatted(whole(row, 0), one(List.of("3", "-7", row + "quantity")));
      case 2 ->
          "(%s / %s)".formatted(a, one(List.of("2", "-3", "7", "NULLIF(" + row + "quantity, 0)")));
      case 3 -> "MOD(%s, %s)".formatted(a, one(List.of("3", "-5", "10")));
      case 4 -> "ABS(" + a + ")";
      case 5 -> "COALESCE(%s, %s)".formatted(a, whole(row, 0));
      case 6 -> "CHAR_LENGTH(" + text(row, depth - 1) + ")";
      case 7 -> "POSITION(%s IN %s)".formatted(one(TEXTS), text(row, depth - 1));
      case 8 -> "(- " + a + ")";
      default -> "NULLIF(%s, %d)".formatted(a, below(9));
    };
  }

  String decimal(String row, int depth) {
    if (depth == 0) {
      return row + one(List.of("rate", "amount", "rate"));
    }
    String a = decimal(row, depth - 1);
    return switch (below(10)) {
      case 0 -> "(%s + %s)".formatted(a, decimal(row, 0));
      case 1 -> "(%s - %s)".formatted(a, one(AMOUNTS));
      case 2 -> "(%srate * %s)".formatted(row, one(List.of("1.5", row + "quantity", "-0.25")));
      case 3 -> "ROUND(%srate, %d)".formatted(row, below(4));
      case 4 -> one(List.of("FLOOR(", "CEIL(", "ABS(", "SIGN(")) + decimal(row, 0) + ")";
      case 5 -> "COALESCE(%s, %s)".formatted(a, one(AMOUNTS));
      case 6 -> "CAST(%s AS DECIMAL(25, 6))".formatted(one(List.of(row + "big", row + "rate")));
      case 7 -> "ROUND(%s / %srate, 3)".formatted(whole(row, 0), row);
      case 8 -> "(CAST(%sbig AS DECIMAL(25, 0)) + %d)".formatted(row, below(9));
      default -> "NULLIF(%s, %s)".formatted(a, one(AMOUNTS));
    };
  }

  String text(String row, int depth) {
    if (depth == 0) {
      return row + one(List.of("label", "other", "label"));
    }
    String a = text(row, depth - 1);
    return switch (below(11)) {
      case 0 -> "UPPER(" + a + ")";
      case 1 -> "LOWER(" + a + ")";
      case 2 -> "(%s || %s)".formatted(a, one(List.of("'-'", row + "other", one(TEXTS))));
      case 3 -> "SUBSTRING(%s, %d, %d)".formatted(a, below(4), below(4));
      case 4 -> "TRIM(" + one(List.of("", "LEADING FROM ", "TRAILING ' ' FROM ")) + a + ")";
      case 5 -> "REPLACE(%s, %s, 'xy')".formatted(a, one(List.of("'a'", "'東'", "'%'", "''''")));
      case 6 -> "COALESCE(%s, %s)".formatted(a, one(TEXTS));
      case 7 -> "CAST(%s AS VARCHAR)".formatted(one(List.of(whole(row, 0), row + "big")));
      case 8 -> "NULLIF(%s, %s)".formatted(a, one(TEXTS));
      case 9 -> "CAST(%s AS VARCHAR)".formatted(one(List.of(row + "dayon", row + "edgecaseid")));
      default -> "CASE WHEN %s THEN %s ELSE %s END".formatted(test(row), a, one(TEXTS));
    };
  }

  /** A part of a date or moment, or one moved. */
  String time(String row) {
    String of = row + one(List.of("dayon", "happened"));
    return switch (below(8)) {
      case 0, 1 ->
          "EXTRACT(%s FROM %s)".formatted(one(List.of("YEAR", "MONTH", "DAY", "QUARTER")), of);
      case 2 ->
          "EXTRACT(%s FROM %shappened)".formatted(one(List.of("HOUR", "MINUTE", "SECOND")), row);
      case 3 -> "DATE_TRUNC('%s', %shappened)".formatted(one(List.of("month", "day", "hour")), row);
      case 4 ->
          "(%s - INTERVAL '%d' %s)".formatted(of, 1 + below(40), one(List.of("DAY", "MONTH")));
      case 5 -> "CAST(%shappened AS DATE)".formatted(row);
      case 6 ->
          "TIMESTAMPDIFF(%s, %shappened, TIMESTAMP WITH TIME ZONE '2024-03-31 01:00:00+00:00')"
              .formatted(one(List.of("DAY", "HOUR", "SECOND", "MONTH", "YEAR")), row);
      default -> "(%shappened - INTERVAL '90' MINUTE)".formatted(row);
    };
  }

  private String choice(String row, int depth) {
    return switch (below(4)) {
      case 0 ->
          "CASE WHEN %s THEN %s WHEN %s THEN %s END"
              .formatted(test(row), whole(row, 0), test(row), whole(row, 0));
      case 1 -> "CASE %sflag WHEN TRUE THEN 'yes' WHEN FALSE THEN 'no' ELSE '?' END".formatted(row);
      case 2 -> "(%s)".formatted(condition(row, Math.max(0, depth - 1)));
      default -> "COALESCE(%samount, %srate, 0)".formatted(row, row);
    };
  }

  String condition(String row, int depth) {
    if (depth == 0 || chance(3)) {
      return test(row);
    }
    return switch (below(5)) {
      case 0 -> "NOT (" + condition(row, depth - 1) + ")";
      case 1, 2 -> "(%s OR %s)".formatted(condition(row, depth - 1), condition(row, depth - 1));
      default -> "(%s AND %s)".formatted(condition(row, depth - 1), condition(row, depth - 1));
    };
  }

  private String test(String row) {
    return switch (below(14)) {
      case 0 -> row + one(EdgeStatements.COLUMNS) + one(List.of(" IS NULL", " IS NOT NULL"));
      case 1 -> like(row);
      case 2 -> compared(row + one(List.of("label", "other")), TEXTS);
      case 3 -> compared(row + "amount", AMOUNTS);
      case 4 -> compared(row + "small", SMALL);
      case 5 -> compared(row + "big", BIG);
      case 6 -> compared(row + "dayon", DAYS);
      case 7 -> compared(row + "happened", MOMENTS);
      case 8 ->
          row + "flag" + one(List.of("", " = FALSE", " IS NOT TRUE", " IS FALSE", " <> TRUE"));
      case 9 -> whole(row, 1) + operator() + whole(row, 0);
      case 10 -> text(row, 1) + operator() + one(TEXTS);
      case 11, 12 -> computed(row);
      default -> other(row);
    };
  }

  private String like(String row) {
    String column = row + one(List.of("label", "other"));
    String not = one(List.of("", "", " NOT"));
    return chance(4)
        ? "(%1$s%2$s LIKE %3$s AND %1$s NOT LIKE '%%😀%%' AND %1$s NOT LIKE '%%👩%%')"
            .formatted(column, not, one(SINGLES))
        : column + not + " LIKE " + one(PATTERNS);
  }

  private String other(String row) {
    return switch (below(7)) {
      case 0 -> "%slabel%s%sother".formatted(row, operator(), row);
      case 1 -> "%ssmall%s%sbig".formatted(row, operator(), row);
      case 2 -> "%samount%s%srate".formatted(row, operator(), row);
      case 3 -> "%sedgecaseid%s'%s'".formatted(row, operator(), one(EdgeStatements.KEYS));
      case 4 -> "%s_parentid_value = %sedgecaseid".formatted(row, row);
      case 5 -> "%slabel IS %sDISTINCT FROM %sother".formatted(row, one(List.of("", "NOT ")), row);
      default -> "EXTRACT(YEAR FROM %sdayon)%s%d".formatted(row, operator(), 1900 + below(150));
    };
  }

  /** What a service may be asked for as a range or with a function of its own. */
  private String computed(String row) {
    return switch (below(9)) {
      case 0 ->
          "EXTRACT(%s FROM %sdayon)".formatted(one(List.of("YEAR", "MONTH", "DAY")), row)
              + operator()
              + one(List.of("1", "2", "12", "31", "1900", "1970", "2024", "9999"));
      case 1 -> "CAST(%shappened AS DATE)%s%s".formatted(row, operator(), one(DAYS));
      case 2 ->
          "FLOOR(%shappened TO %s)%s%s"
              .formatted(row, one(List.of("YEAR", "MONTH", "DAY")), operator(), one(MOMENTS));
      case 3 -> one(List.of("FLOOR(", "CEIL(")) + row + "amount)" + operator() + one(AMOUNTS);
      case 4 -> one(List.of("UPPER(", "LOWER(")) + row + "label)" + operator() + one(TEXTS);
      case 5 -> "CHAR_LENGTH(%slabel)%s%d".formatted(row, operator(), below(5));
      case 6 -> "POSITION(%s IN %slabel)%s%d".formatted(one(TEXTS), row, operator(), below(3));
      case 7 -> "SUBSTRING(%slabel, 1, %d)%s%s".formatted(row, below(4), operator(), one(TEXTS));
      default -> "TRIM(%slabel)%s%s".formatted(row, operator(), one(TEXTS));
    };
  }

  private String compared(String column, List<String> values) {
    return switch (below(4)) {
      case 0 ->
          "%s%s (%s, %s%s)"
              .formatted(
                  column,
                  one(List.of(" IN", " NOT IN")),
                  one(values),
                  one(values),
                  chance(8) ? ", NULL" : "");
      case 1 ->
          "%s%s BETWEEN %s AND %s"
              .formatted(column, one(List.of("", "", " NOT")), one(values), one(values));
      default -> column + operator() + one(values);
    };
  }

  private String operator() {
    return one(List.of(" = ", " <> ", " < ", " <= ", " > ", " >= "));
  }
}
