package dev.quire.aws.wire;

/** Why a value is not what its shape says; completed by who knows the row and the column. */
final class Misfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Misfit(String problem) {
    super(problem, null, false, false);
  }

  String problem() {
    return String.valueOf(getMessage());
  }
}
