package dev.quire.sample;

import dev.quire.sample.ScanQuery.Expansion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code $expand}: one level, at most 15 properties. */
final class ExpandParser {
  private static final int MOST = 15;
  private static final Set<String> ALLOWED = Set.of("$select", "$filter", "$orderby", "$top");

  private ExpandParser() {}

  static List<Expansion> parse(SampleData data, SampleTable table, String text) {
    List<Expansion> expansions = new ArrayList<>();
    for (String item : split(text, ',')) {
      expansions.add(expansion(data, table, item.trim()));
    }
    if (expansions.size() > MOST) {
      throw ODataFault.badRequest(
          "0x80060888", "Number of $expand options exceeded the limit of " + MOST);
    }
    return List.copyOf(expansions);
  }

  private static Expansion expansion(SampleData data, SampleTable table, String item) {
    int open = item.indexOf('(');
    String name = open < 0 ? item : item.substring(0, open);
    if (open >= 0 && !item.endsWith(")")) {
      throw ODataFault.malformed("Found an unbalanced bracket expression in '" + item + "'.");
    }
    String options = open < 0 ? "" : item.substring(open + 1, item.length() - 1);
    Navigation navigation = table.requireNavigation(name);
    Map<String, String> values = options(options);
    SampleTable target = data.requireSet(navigation.target());
    return new Expansion(navigation, options, ScanQuery.parse(target, values::get, List.of()));
  }

  private static Map<String, String> options(String text) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String option : text.isEmpty() ? List.<String>of() : split(text, ';')) {
      int equals = option.indexOf('=');
      String name = equals < 0 ? option.trim() : option.substring(0, equals).trim();
      if (!ALLOWED.contains(name)) {
        throw ODataFault.badRequest(
            "0x80060888", "The sample service has no option '" + name + "' inside $expand");
      }
      values.put(name, option.substring(equals + 1));
    }
    return values;
  }

  /** Splits at a sign that stands neither in quotes nor in brackets. */
  static List<String> split(String text, char sign) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    boolean quoted = false;
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      char next = text.charAt(i);
      quoted ^= next == '\'';
      if (!quoted) {
        depth += next == '(' ? 1 : next == ')' ? -1 : 0;
        if (next == sign && depth == 0) {
          parts.add(text.substring(start, i));
          start = i + 1;
        }
      }
    }
    parts.add(text.substring(start));
    return parts;
  }
}
