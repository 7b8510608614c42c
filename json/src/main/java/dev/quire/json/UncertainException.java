package dev.quire.json;

/**
 * Thrown where a page is not what {@link JsonReader} reads for certain. It says nothing of the
 * page: who catches it reads the same bytes with a complete parser, which finds the error and its
 * place, or finds that there is none.
 */
public final class UncertainException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Without a stack, so there is only one. Also for callers that are not certain of a value. */
  public static final UncertainException INSTANCE = new UncertainException();

  private UncertainException() {
    super("left to a complete parser", null, false, false);
  }
}
