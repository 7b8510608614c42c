package dev.quire.rest.spec;

/** Where an answer says something. Immutable. */
public sealed interface Signal {

  /** In the body. */
  record InBody(Pointer pointer) implements Signal {
    @Override
    public String toString() {
      return pointer.toString();
    }
  }

  /** In a header. */
  record InHeader(String name) implements Signal {
    @Override
    public String toString() {
      return "header " + name;
    }
  }

  /** In the last row of the page. */
  record InLastRow(Pointer pointer) implements Signal {
    @Override
    public String toString() {
      return "last row's " + pointer;
    }
  }
}
