package dev.quire.rest.spec;

/**
 * Where a request carries a value.
 *
 * @param name of the parameter, header, path segment or, of a body, the text of a {@link Pointer}
 */
public record Place(Kind kind, String name) {

  /** The parts of a request. */
  public enum Kind {
    /** In the query or, where the request is a form, in its body. */
    PARAMETER,
    /** In place of {@code {name}}. */
    PATH,
    HEADER,
    /** In a JSON body. */
    BODY
  }

  public static Place parameter(String name) {
    return new Place(Kind.PARAMETER, name);
  }

  public Pointer pointer() {
    return Pointer.parse(name);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case PARAMETER -> "the parameter '" + name + "'";
      case PATH -> "the path's {" + name + "}";
      case HEADER -> "the header '" + name + "'";
      case BODY -> "the body's " + name;
    };
  }
}
