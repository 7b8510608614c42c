package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands at one value of an answer, whatever the format. Each method but {@link #isNull} consumes
 * the value; a visitor must consume what it is shown, by one call. One thread.
 */
interface AnswerCursor {

  /** Whether the value is null. Consumes nothing. */
  boolean isNull();

  /** Shows each member that is there. In XML a flattened list is shown once for each element. */
  void structure(Shape.Structure shape, MemberVisitor visitor) throws IOException;

  /** Shows each element. */
  void list(Shape.ListShape shape, ElementVisitor visitor) throws IOException;

  /** Shows each value with its key. */
  void map(Shape.MapShape shape, EntryVisitor visitor) throws IOException;

  /**
   * The value; null for null.
   *
   * @throws Misfit when it is no such scalar
   */
  @Nullable Object scalar(Shape.Scalar shape) throws IOException;

  void skip() throws IOException;

  /** Sees the members of a structure. */
  interface MemberVisitor {
    void visit(Member member) throws IOException;

    /** A member that the model does not know; consumed already. */
    default void unknown(String wireName) {}
  }

  /** Sees the elements of a list. */
  interface ElementVisitor {
    void visit() throws IOException;
  }

  /** Sees the entries of a map. */
  interface EntryVisitor {
    void visit(String key) throws IOException;
  }
}
