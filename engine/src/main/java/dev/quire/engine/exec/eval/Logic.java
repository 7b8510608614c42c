package dev.quire.engine.exec.eval;

import java.util.List;

/** AND, OR, NOT, IS … and CASE with three values of truth. */
final class Logic {
  private Logic() {}

  static Evaluator and(List<Evaluator> arguments) {
    return connect(arguments, false);
  }

  static Evaluator or(List<Evaluator> arguments) {
    return connect(arguments, true);
  }

  /** {@code decisive} decides alone; else NULL if one argument is NULL. */
  private static Evaluator connect(List<Evaluator> arguments, boolean decisive) {
    Evaluator[] each = arguments.toArray(new Evaluator[0]);
    Boolean decided = decisive;
    Boolean undecided = !decisive;
    return row -> {
      boolean unknown = false;
      for (Evaluator argument : each) {
        Object value = argument.eval(row);
        if (value == null) {
          unknown = true;
        } else if ((Boolean) value == decisive) {
          return decided;
        }
      }
      return unknown ? null : undecided;
    };
  }

  static Evaluator not(Evaluator argument) {
    return Strict.unary(argument, value -> !((Boolean) value));
  }

  static Evaluator isNull(Evaluator argument) {
    return row -> argument.eval(row) == null;
  }

  static Evaluator isNotNull(Evaluator argument) {
    return row -> argument.eval(row) != null;
  }

  /** IS TRUE and IS FALSE. */
  static Evaluator is(Evaluator argument, boolean truth) {
    Boolean wanted = truth;
    return row -> wanted.equals(argument.eval(row));
  }

  static Evaluator isNot(Evaluator argument, boolean truth) {
    Boolean unwanted = truth;
    return row -> !unwanted.equals(argument.eval(row));
  }

  /** Condition, value, condition, value, …, else. */
  static Evaluator choose(List<Evaluator> arguments) {
    Evaluator[] each = arguments.toArray(new Evaluator[0]);
    return row -> {
      for (int i = 0; i + 1 < each.length; i += 2) {
        if (Boolean.TRUE.equals(each[i].eval(row))) {
          return each[i + 1].eval(row);
        }
      }
      return each.length % 2 == 1 ? each[each.length - 1].eval(row) : null;
    };
  }

  static Evaluator coalesce(List<Evaluator> arguments) {
    Evaluator[] each = arguments.toArray(new Evaluator[0]);
    return row -> {
      for (Evaluator argument : each) {
        Object value = argument.eval(row);
        if (value != null) {
          return value;
        }
      }
      return null;
    };
  }
}
