package dev.quire.rest.spec;

/**
 * Where the rows of an answer are. Immutable.
 *
 * @param absentIsEmpty whether an answer without the place has no rows; else it is an error
 */
public record Rows(Pointer at, Shape shape, boolean absentIsEmpty) {

  /** What stands there. */
  public enum Shape {
    /** A list, with a row in each element. */
    LIST,
    /** An object, with a row in each member. */
    MAP,
    /** One row. */
    ONE
  }
}
