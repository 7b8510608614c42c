package dev.quire.odata.query;

import dev.quire.spi.Fidelity;

/**
 * A condition in OData's URL language and how far it means what SQL means. Immutable.
 *
 * @param text unencoded; empty with NONE
 * @param comparisons how many it makes
 * @param note why it is not EXACT, as a short clause; empty when it is
 */
public record Condition(Fidelity fidelity, String text, int comparisons, String note) {

  static Condition none(String note) {
    return new Condition(Fidelity.NONE, "", 0, note);
  }

  static Condition exact(String text) {
    return new Condition(Fidelity.EXACT, text, 1, "");
  }

  static Condition narrowing(String text, String note) {
    return new Condition(Fidelity.NARROWING, text, 1, note);
  }

  public boolean isNone() {
    return fidelity == Fidelity.NONE;
  }

  public boolean isExact() {
    return fidelity == Fidelity.EXACT;
  }

  Condition withText(String other, int count) {
    return new Condition(fidelity, other, count, note);
  }
}
