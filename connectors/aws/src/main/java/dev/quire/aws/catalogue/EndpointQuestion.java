package dev.quire.aws.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One question to the rules for endpoints of a service (Smithy's {@code endpointRuleSet}). Knows
 * the functions that matter where only a region is given; any other says no.
 */
final class EndpointQuestion {
  private static final Pattern REFERENCE = Pattern.compile("\\{([A-Za-z]+)(?:#([A-Za-z]+))?}");

  private final Map<String, Object> known;
  private final Map<String, Object> partition;

  EndpointQuestion(Map<String, Object> known, Map<String, Object> partition) {
    this.known = known;
    this.partition = partition;
  }

  /** Where to send a request. */
  record Endpoint(String url, Optional<String> signingRegion, Optional<String> signingName) {}

  /** Empty when the rules refuse. */
  Optional<Endpoint> answer(List<Node> rules) {
    for (Node rule : rules) {
      Optional<EndpointQuestion> inside = met(rule.list("conditions"));
      if (inside.isPresent()) {
        return switch (rule.requireText("type")) {
          case "endpoint" -> Optional.of(inside.get().endpoint(rule.node("endpoint")));
          case "tree" -> inside.get().answer(rule.list("rules"));
          default -> Optional.empty();
        };
      }
    }
    return Optional.empty();
  }

  /** This question with what the conditions found out, if all hold. */
  private Optional<EndpointQuestion> met(List<Node> conditions) {
    EndpointQuestion inside = new EndpointQuestion(new LinkedHashMap<>(known), partition);
    for (Node condition : conditions) {
      Object value = inside.call(condition);
      if (value == null || value.equals(false)) {
        return Optional.empty();
      }
      condition.text("assign").ifPresent(name -> inside.known.put(name, value));
    }
    return Optional.of(inside);
  }

  private @Nullable Object call(Node function) {
    List<Object> arguments = function.values("argv");
    return switch (function.requireText("fn")) {
      case "isSet" -> value(arguments.get(0)) != null;
      case "not" -> !Boolean.TRUE.equals(value(arguments.get(0)));
      case "booleanEquals", "stringEquals" -> {
        Object left = value(arguments.get(0));
        yield left != null && left.equals(value(arguments.get(1)));
      }
      case "getAttr" ->
          value(arguments.get(0)) instanceof Map<?, ?> map ? map.get(arguments.get(1)) : null;
      case "aws.partition" -> partition;
      case "isValidHostLabel" -> true;
      default -> null;
    };
  }

  private @Nullable Object value(Object argument) {
    if (argument instanceof String text) {
      return filled(text);
    }
    if (argument instanceof Map<?, ?> map) {
      Node node = Node.of(map);
      return node.has("ref") ? known.get(node.requireText("ref")) : call(node);
    }
    return argument;
  }

  private Endpoint endpoint(Node endpoint) {
    Object url = endpoint.find("url").map(this::value).orElse("");
    Optional<Node> scheme =
        endpoint.node("properties").list("authSchemes").stream()
            .filter(each -> each.text("name").equals(Optional.of("sigv4")))
            .findFirst();
    return new Endpoint(
        String.valueOf(url),
        scheme.flatMap(each -> each.text("signingRegion")).map(this::filled),
        scheme.flatMap(each -> each.text("signingName")).map(this::filled));
  }

  private String filled(String template) {
    return REFERENCE
        .matcher(template)
        .replaceAll(match -> Matcher.quoteReplacement(referred(match.group(1), match.group(2))));
  }

  private String referred(String name, @Nullable String attribute) {
    Object value = known.get(name);
    Object wanted =
        attribute != null && value instanceof Map<?, ?> map ? map.get(attribute) : value;
    return String.valueOf(wanted);
  }
}
