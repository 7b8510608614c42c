package dev.quire.rest.spec;

import java.util.ArrayList;
import java.util.List;

/**
 * A place in a JSON value (RFC 6901). Immutable.
 *
 * @param steps member names and list positions, outermost first; empty for the value itself
 */
public record Pointer(List<String> steps) {
  public static final Pointer ROOT = new Pointer(List.of());

  public Pointer {
    steps = List.copyOf(steps);
  }

  /** The pointer to a member of the value. */
  public static Pointer to(String member) {
    return new Pointer(List.of(member));
  }

  /**
   * Parses {@code /a/b}; the empty text is the value itself.
   *
   * @throws IllegalArgumentException when the text does not begin with a slash
   */
  public static Pointer parse(String text) {
    if (text.isEmpty()) {
      return ROOT;
    }
    if (text.charAt(0) != '/') {
      throw new IllegalArgumentException("'" + text + "' is no JSON Pointer: it begins with /");
    }
    List<String> steps = new ArrayList<>();
    for (String step : text.substring(1).split("/", -1)) {
      steps.add(step.replace("~1", "/").replace("~0", "~"));
    }
    return new Pointer(steps);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    steps.forEach(step -> text.append('/').append(step.replace("~", "~0").replace("/", "~1")));
    return text.toString();
  }
}
