package dev.quire.sample;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The query options of a request, checked as Dataverse checks them. Immutable. */
final class QueryOptions {
  private static final Set<String> KNOWN =
      Set.of(
          "$select",
          "$filter",
          "$orderby",
          "$top",
          "$count",
          "$expand",
          "$apply",
          "$skiptoken",
          "fetchXml");

  private final Map<String, String> decoded;
  private final Map<String, String> raw;

  private QueryOptions(Map<String, String> decoded, Map<String, String> raw) {
    this.decoded = decoded;
    this.raw = raw;
  }

  /**
   * Takes a query string apart.
   *
   * @throws ODataFault for an option that is unknown, refused or given twice; names are
   *     case-sensitive
   */
  static QueryOptions parse(String query) {
    Map<String, String> decoded = new LinkedHashMap<>();
    Map<String, String> raw = new LinkedHashMap<>();
    for (String part : query.isEmpty() ? new String[0] : query.split("&")) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : part.substring(equals + 1);
      requireKnown(name);
      if (raw.put(name, value) != null) {
        throw ODataFault.malformed(
            "Query option '%s' was specified more than once, but it must be specified at most once."
                .formatted(name));
      }
      decoded.put(name, decode(value));
    }
    return new QueryOptions(decoded, raw);
  }

  Optional<String> find(String name) {
    return Optional.ofNullable(decoded.get(name));
  }

  /** The value as it arrived, not decoded. */
  Optional<String> findRaw(String name) {
    return Optional.ofNullable(raw.get(name));
  }

  boolean flag(String name) {
    String value = decoded.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      throw ODataFault.malformed(
          "Invalid value '%s' for %s: true or false.".formatted(value, name));
    }
    return value.equals("true");
  }

  /** The query of the next page: all options as they came, and the token. */
  String withSkipToken(String token) {
    List<String> parts = new ArrayList<>();
    raw.forEach((name, value) -> parts.add(name + "=" + value));
    parts.removeIf(part -> part.startsWith("$skiptoken="));
    parts.add("$skiptoken=" + token);
    return String.join("&", parts);
  }

  /** Percent-decodes; a plus sign is a space. */
  static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ODataFault.malformed("The URL holds a broken percent-encoding: '" + text + "'.");
    }
  }

  private static void requireKnown(String name) {
    if (name.equals("$skip")) {
      throw ODataFault.badRequest("0x80060888", "Skip Clause is not supported in CRM");
    }
    if (!KNOWN.contains(name) && !name.startsWith("@")) {
      throw ODataFault.malformed("The query parameter " + name + " is not supported");
    }
  }
}
