package dev.quire.odata.query;

import static java.math.RoundingMode.HALF_UP;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that answers {@code $filter}: a small recursive-descent reading of the URL language,
 * with nulls as OData or as SQL reads them, text with or without case, lengths in bytes or without
 * blanks, literals rounded to the scale of a decimal, and IEEE 754's view of NaN.
 */
final class ODataEvaluator {
  private static final Pattern TOKEN = Pattern.compile("\\s*('(?:[^']|'')*'|[()\\,]|[^\\s(),']+)");
  private static final Set<String> SEARCHES =
      Set.of("contains", "startswith", "endswith", "substringof");
  private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");
  private final boolean threeValued;
  private final boolean ignoresCase;
  private String read = "";
  private List<String> tokens = List.of();
  private int position;
  private String token;
  private Map<String, Object> row;

  ODataEvaluator(boolean threeValued, boolean ignoresCase) {
    this.threeValued = threeValued;
    this.ignoresCase = ignoresCase;
  }

  boolean matches(String filter, Map<String, Object> data) {
    if (!filter.equals(read)) {
      tokens = tokens(filter);
      read = filter;
    }
    position = 0;
    row = data;
    advance();
    Boolean result = or();
    if (token != null) {
      throw new IllegalArgumentException("left over: " + token + " in " + filter);
    }
    return Boolean.TRUE.equals(result);
  }

  private static List<String> tokens(String filter) {
    List<String> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(filter);
    while (matcher.lookingAt()) {
      tokens.add(matcher.group(1));
      matcher.region(matcher.end(), matcher.regionEnd());
    }
    if (!filter.substring(matcher.regionStart()).isBlank()) {
      throw new IllegalArgumentException("unreadable: " + filter);
    }
    return tokens;
  }

  private String advance() {
    String last = token;
    token = position < tokens.size() ? tokens.get(position++) : null;
    return last;
  }

  private void expect(String wanted) {
    if (!wanted.equals(token)) {
      throw new IllegalArgumentException("expected " + wanted + " at " + token);
    }
    advance();
  }

  private Boolean or() {
    Boolean left = and();
    while ("or".equals(token)) {
      advance();
      left = Logic.or(left, and());
    }
    return left;
  }

  private Boolean and() {
    Boolean left = unary();
    while ("and".equals(token)) {
      advance();
      left = Logic.and(left, unary());
    }
    return left;
  }

  private Boolean unary() {
    if ("not".equals(token)) {
      advance();
      return Logic.not(unary());
    }
    if ("(".equals(token)) {
      advance();
      Boolean inner = or();
      expect(")");
      return inner;
    }
    if (SEARCHES.contains(token)) {
      String function = advance();
      expect("(");
      Object text = value();
      expect(",");
      Object part = value();
      expect(")");
      return function.equals("substringof")
          ? Logic.search("contains", (String) part, (String) text)
          : Logic.search(function, (String) text, (String) part);
    }
    return comparison(value(), advance());
  }

  /** A constant, a column, or a function of one. */
  private Object value() {
    String first = advance();
    if ("(".equals(token)) {
      advance();
      Object argument = value();
      if (first.equals("concat")) {
        expect(",");
        argument = joined(argument, value());
      }
      expect(")");
      return argument == null ? null : applied(first, argument);
    }
    Object value = operand(first);
    if ("mod".equals(token)) {
      advance();
      BigDecimal divisor = (BigDecimal) operand(advance());
      return value == null ? null : new BigDecimal(value.toString()).remainder(divisor);
    }
    return value;
  }

  private Object joined(Object left, Object right) {
    return threeValued && (left == null || right == null)
        ? null
        : (left == null ? "" : (String) left) + (right == null ? "" : (String) right);
  }

  private Object applied(String function, Object argument) {
    return switch (function) {
      case "concat" -> argument;
      case "trim" -> ((String) argument).strip();
      case "length" -> new BigDecimal(length((String) argument));
      case "tolower" -> fold((String) argument);
      case "month" -> new BigDecimal(((LocalDate) argument).getMonthValue());
      case "day" -> new BigDecimal(((LocalDate) argument).getDayOfMonth());
      default -> throw new IllegalArgumentException("no function " + function);
    };
  }

  /** Bytes, or characters of UTF-16 without the blanks at the end. */
  private int length(String text) {
    return threeValued
        ? text.stripTrailing().length()
        : text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The letters of the alphabet alone: no service knows fewer cases. */
  private static String fold(String text) {
    return text.chars()
        .map(c -> c >= 'A' && c <= 'Z' ? c + 32 : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private Boolean comparison(Object left, String operator) {
    if (operator.equals("in")) {
      expect("(");
      Boolean any = compare("eq", left, operand(advance()), false);
      while (",".equals(token)) {
        advance();
        any = Logic.or(any, compare("eq", left, operand(advance()), false));
      }
      expect(")");
      return any;
    }
    boolean nullTest = "null".equals(token);
    return compare(operator, left, operand(advance()), nullTest);
  }

  private Boolean compare(String operator, Object left, Object right, boolean nullTest) {
    if (nullTest || (!threeValued && (left == null || right == null))) {
      return switch (operator) {
        case "eq" -> left == null && right == null;
        case "ne" -> left != null || right != null;
        default -> false;
      };
    }
    boolean isMoney = left instanceof BigDecimal money && money.scale() == 2;
    Object kept = isMoney && right instanceof BigDecimal x ? x.setScale(2, HALF_UP) : right;
    return Logic.compare(operator, left, kept);
  }

  private Object operand(String text) {
    Object value =
        switch (text) {
          case "null" -> null;
          case "true" -> true;
          case "false" -> false;
          default ->
              text.startsWith("'")
                  ? text.substring(1, text.length() - 1).replace("''", "'")
                  : NUMBER.matcher(plain(text)).matches()
                      ? new BigDecimal(plain(text))
                      : column(text);
        };
    return value instanceof String string && ignoresCase ? fold(string) : value;
  }

  private Object column(String name) {
    if (!row.containsKey(name)) {
      throw new IllegalArgumentException("no column " + name);
    }
    return row.get(name);
  }

  @Override
  public String toString() {
    return "a service with "
        + (threeValued ? "SQL's" : "OData's")
        + " nulls and "
        + (ignoresCase ? "without" : "with")
        + " case";
  }

  /** A number without the letter of its type in older versions. */
  private static String plain(String text) {
    return text.replaceFirst("(?<=\\d)[LMdf]$", "");
  }
}
