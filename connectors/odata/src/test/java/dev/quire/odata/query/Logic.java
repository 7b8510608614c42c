package dev.quire.odata.query;

import java.math.BigDecimal;
import java.util.Locale;

/** Three-valued logic; null is unknown. */
final class Logic {
  private Logic() {}

  static Boolean and(Boolean a, Boolean b) {
    if (Boolean.FALSE.equals(a) || Boolean.FALSE.equals(b)) {
      return false;
    }
    return a == null || b == null ? null : true;
  }

  static Boolean or(Boolean a, Boolean b) {
    return not(and(not(a), not(b)));
  }

  static Boolean not(Boolean a) {
    return a == null ? null : !a;
  }

  static Boolean compare(String operator, Object a, Object b) {
    if (a == null || b == null) {
      return null;
    }
    if (isNaN(a) || isNaN(b)) {
      return operator.equals("ne");
    }
    return holds(
        operator,
        a instanceof Number x && b instanceof Number y
            ? exact(x).compareTo(exact(y))
            : a.toString().compareTo(b.toString()));
  }

  private static boolean isNaN(Object value) {
    return value instanceof Double number && number.isNaN();
  }

  private static BigDecimal exact(Number number) {
    return new BigDecimal(number.toString());
  }

  /**
   * @param order of the left to the right, as a Comparator gives it
   */
  static boolean holds(String operator, int order) {
    return switch (operator) {
      case "eq" -> order == 0;
      case "ne" -> order != 0;
      case "lt" -> order < 0;
      case "le" -> order <= 0;
      case "gt" -> order > 0;
      case "ge" -> order >= 0;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  static Boolean search(String function, String text, String part) {
    if (text == null || part == null) {
      return null;
    }
    return switch (function.toUpperCase(Locale.ROOT).replace("_", "")) {
      case "STARTSWITH" -> text.startsWith(part);
      case "ENDSWITH" -> text.endsWith(part);
      case "CONTAINS" -> text.contains(part);
      default -> throw new IllegalArgumentException(function);
    };
  }
}
