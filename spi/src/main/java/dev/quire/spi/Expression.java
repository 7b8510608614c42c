package dev.quire.spi;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A condition, or a value in one, as the engine offers it to a source. A connector takes what it
 * knows and answers NONE to the rest, so functions may be added here without a change to any
 * connector. Immutable.
 */
public sealed interface Expression {

  /** A column of the scanned table, by its exact name. */
  record ColumnRef(String name, DataType type) implements Expression {}

  /**
   * A constant.
   *
   * @param value of the class that {@link DataType.Kind} names; null is SQL's NULL
   */
  record Constant(@Nullable Object value, DataType type) implements Expression {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Constant that
          && type.equals(that.type)
          && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
      return 31 * Objects.hashCode(value) + type.hashCode();
    }
  }

  /**
   * A value that is not known while planning (a key that a join will supply). A connector answers
   * for it as for any non-null constant of that type. It never reaches {@link Table#open}.
   */
  record Placeholder(DataType type) implements Expression {}

  /** A function applied to arguments. */
  record Call(Function function, List<Expression> arguments) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /**
   * Functions with SQL's meaning: comparisons with NULL are unknown, functions of NULL are NULL,
   * strings compare code point by code point.
   */
  enum Function {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE,
    /** The first argument equals one of the others; none of the others is a NULL constant. */
    IN,
    IS_NULL,
    IS_NOT_NULL,
    /** The first argument begins with the second, a string. From {@code LIKE 'abc%'}. */
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS,
    AND,
    OR,
    NOT,
    /** A text in the lower case of all languages, as Java has it; UPPER likewise. */
    LOWER,
    UPPER,
    /** The month of a date or time, from 1; a moment is seen in UTC. */
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    /** Whole seconds. */
    SECOND,
    /** What dividing the first argument by the second leaves, with the sign of the first. */
    MOD,
    /** How many code points a text has. */
    LENGTH,
    /** A text without the blanks, and them alone, before and after it. */
    TRIM,
    /** Texts one after the other: columns and constants; NULL where one of them is. */
    CONCAT
  }

  static Call call(Function function, Expression... arguments) {
    return new Call(function, List.of(arguments));
  }

  /** The names of all columns in this expression. */
  default Set<String> columns() {
    Set<String> names = new TreeSet<>();
    collect(this, names);
    return names;
  }

  private static void collect(Expression expression, Set<String> names) {
    if (expression instanceof ColumnRef column) {
      names.add(column.name());
    } else if (expression instanceof Call call) {
      call.arguments().forEach(argument -> collect(argument, names));
    }
  }
}
