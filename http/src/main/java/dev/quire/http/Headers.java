package dev.quire.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The header fields of an answer, by names in any case. Immutable once built. */
final class Headers {
  private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** For the reader of the head only. */
  void add(String name, String value) {
    values.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
  }

  List<String> all(String name) {
    return List.copyOf(values.getOrDefault(name, List.of()));
  }

  Optional<String> first(String name) {
    return values.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Whether a header that is a list of words, separated by commas, has this word. */
  boolean has(String name, String word) {
    return words(name).stream().anyMatch(word::equalsIgnoreCase);
  }

  /** The words of a header that is a list separated by commas, over all its fields. */
  List<String> words(String name) {
    List<String> words = new ArrayList<>();
    for (String value : values.getOrDefault(name, List.of())) {
      for (String word : value.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.strip());
        }
      }
    }
    return words;
  }
}
