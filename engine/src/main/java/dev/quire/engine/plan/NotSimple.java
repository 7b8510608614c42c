package dev.quire.engine.plan;

/** Ends the attempt to read or plan a statement as a simple one. */
final class NotSimple extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private NotSimple() {
    super("not a simple statement", null, false, false);
  }

  static void unless(boolean simple) {
    if (!simple) {
      throw new NotSimple();
    }
  }
}
