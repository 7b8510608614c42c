package dev.quire.aws.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in an answer: the small part of JMESPath that AWS's paginators use. {@code a.b} is a
 * member of a member, {@code a[-1]} the last element of a list, {@code a || b} the first of several
 * places that holds something. Immutable.
 *
 * @param alternatives at least one, tried in their order
 */
public record Path(List<List<Step>> alternatives) {
  private static final Pattern STEP = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(\\[-1])?");

  /**
   * One member on the way.
   *
   * @param last whether the way goes on at the last element of the list that the member is
   */
  public record Step(String member, boolean last) {
    @Override
    public String toString() {
      return last ? member + "[-1]" : member;
    }
  }

  public Path {
    alternatives = alternatives.stream().map(List::copyOf).toList();
  }

  /**
   * @throws IllegalArgumentException when the text uses more of JMESPath than this
   */
  public static Path parse(String text) {
    List<List<Step>> alternatives = new ArrayList<>();
    for (String alternative : text.split("\\|\\|", -1)) {
      List<Step> steps = new ArrayList<>();
      for (String part : alternative.strip().split("\\.", -1)) {
        Matcher step = STEP.matcher(part);
        if (!step.matches()) {
          throw new IllegalArgumentException("'" + text + "' is not a path that is understood");
        }
        steps.add(new Step(step.group(1), step.group(2) != null));
      }
      alternatives.add(steps);
    }
    return new Path(alternatives);
  }

  /** The members on the way, of a path that is nothing but dots. */
  public List<String> names() {
    return alternatives.get(0).stream().map(Step::member).toList();
  }

  /** Whether the path is one plain name or names joined by dots. */
  public boolean isPlain() {
    return alternatives.size() == 1 && alternatives.get(0).stream().noneMatch(Step::last);
  }

  /** The shape at this place below a structure, where there is one; of a plain path only. */
  public Optional<Shape> findShape(Shape root) {
    Shape at = root;
    for (Step step : alternatives.get(0)) {
      Optional<Member> next =
          isPlain() && at instanceof Shape.Structure structure
              ? structure.findMember(step.member())
              : Optional.empty();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get().shape();
    }
    return Optional.of(at);
  }

  /**
   * The value at this place; empty where there is nothing, and for what botocore takes for nothing:
   * null, false, zero, and an empty text, list or map.
   *
   * @param answer members to values: maps, lists, and scalars of any class
   */
  public Optional<Object> find(Map<String, ?> answer) {
    for (List<Step> steps : alternatives) {
      Object value = walk(answer, steps);
      if (value != null && holdsSomething(value)) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private static @Nullable Object walk(Map<String, ?> answer, List<Step> steps) {
    Object at = answer;
    for (Step step : steps) {
      at = at instanceof Map<?, ?> members ? members.get(step.member()) : null;
      if (step.last()) {
        at = at instanceof List<?> list && !list.isEmpty() ? list.get(list.size() - 1) : null;
      }
    }
    return at;
  }

  private static boolean holdsSomething(Object value) {
    return !(value.equals(false)
        || value.equals("")
        || value instanceof Number number && number.doubleValue() == 0
        || value instanceof List<?> list && list.isEmpty()
        || value instanceof Map<?, ?> map && map.isEmpty());
  }

  @Override
  public String toString() {
    List<String> texts = new ArrayList<>();
    for (List<Step> steps : alternatives) {
      texts.add(String.join(".", steps.stream().map(Step::toString).toList()));
    }
    return String.join(" || ", texts);
  }
}
