package dev.quire.aws.wire;

import dev.quire.aws.model.Member;
import dev.quire.aws.model.Shape;
import dev.quire.spi.ErrorKind;
import dev.quire.spi.Nearest;
import dev.quire.spi.SourceException;
import java.util.List;
import java.util.Map;

/** What a user gave for a member that is no scalar: JSON, as a tree or as text. */
final class Given {
  private Given() {}

  /** The members of a structure, each of which it must have. */
  static Map<String, ?> structure(Shape.Structure shape, Object value) {
    Map<String, ?> given = map(value);
    for (String name : given.keySet()) {
      if (shape.findMember(name).isEmpty()) {
        List<String> known = shape.members().stream().map(Member::name).toList();
        throw wrong("'" + name + "' is no member here")
            .withHint(
                Nearest.question(name, known)
                    .orElse("There may be: " + String.join(", ", known) + "."));
      }
    }
    return given;
  }

  @SuppressWarnings("unchecked")
  static Map<String, ?> map(Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, ?>) map;
    }
    return JsonTree.parse(value.toString())
        .filter(Map.class::isInstance)
        .map(tree -> (Map<String, ?>) tree)
        .orElseThrow(() -> wrong(Scalars.shown(value.toString()) + " is no JSON object"));
  }

  static List<?> list(Object value) {
    if (value instanceof List<?> list) {
      return list;
    }
    return JsonTree.parse(value.toString())
        .filter(List.class::isInstance)
        .map(tree -> (List<?>) tree)
        .orElseThrow(() -> wrong(Scalars.shown(value.toString()) + " is no JSON list"));
  }

  private static SourceException wrong(String problem) {
    return new SourceException(ErrorKind.INVALID_STATEMENT, problem);
  }
}
