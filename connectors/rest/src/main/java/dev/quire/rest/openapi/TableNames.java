package dev.quire.rest.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names for the tables of paths: as short as they can be told apart. */
final class TableNames {
  private TableNames() {}

  /** A name for each path. */
  static Map<String, String> of(List<String> paths) {
    Map<String, Integer> uses = new HashMap<>();
    paths.forEach(path -> candidates(path).forEach(name -> uses.merge(name, 1, Integer::sum)));
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> taken = new HashSet<>();
    for (String path : paths) {
      List<String> candidates = candidates(path);
      String name =
          candidates.stream()
              .filter(each -> uses.getOrDefault(each, 0) == 1)
              .findFirst()
              .orElse(candidates.get(candidates.size() - 1));
      for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
        name = candidates.get(candidates.size() - 1) + "_" + i;
      }
      names.put(path, name);
    }
    return names;
  }

  /** The last words of a path, then more of them, at last with its parameters. */
  private static List<String> candidates(String path) {
    List<String> steps = Arrays.stream(path.split("/")).filter(step -> !step.isBlank()).toList();
    List<String> words =
        steps.stream().filter(step -> !step.contains("{")).map(TableNames::word).toList();
    List<String> candidates = new ArrayList<>();
    for (int from = words.size() - 1; from >= 0; from--) {
      candidates.add(String.join("_", words.subList(from, words.size())));
    }
    candidates.add(String.join("_", steps.stream().map(TableNames::word).toList()));
    return candidates.stream()
        .map(name -> name.matches("[A-Za-z].*") ? name : "t_" + name)
        .toList();
  }

  private static String word(String step) {
    return step.replaceAll("\\W+", "_").replaceAll("^_+|_+$", "");
  }
}
