package dev.quire.aws.model;

import java.util.function.IntFunction;

/**
 * A shape that is looked up when it is asked for, since shapes may hold themselves. Immutable and
 * thread-safe.
 */
public final class ShapeRef {
  private final IntFunction<Shape> table;
  private final int index;

  /**
   * @param table the shapes of a service by number; must give the same shape each time
   */
  public ShapeRef(IntFunction<Shape> table, int index) {
    this.table = table;
    this.index = index;
  }

  /** A reference to a shape at hand. */
  public static ShapeRef to(Shape shape) {
    return new ShapeRef(unused -> shape, 0);
  }

  public Shape shape() {
    return table.apply(index);
  }

  /** The number alone: a shape's text would not end where it holds itself. */
  @Override
  public String toString() {
    return "#" + index;
  }
}
