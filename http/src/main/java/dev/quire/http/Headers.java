package dev.quire.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    List<String> all = values.get(name);
    return all == null ? Optional.empty() : Optional.of(all.get(0));
  }

  /** Whether a header has this in its name, in lower case. */
  boolean hasNameWith(String part) {
    for (String name : values.keySet()) {
      if (name.toLowerCase(Locale.ROOT).contains(part)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a header that is a list of words, separated by commas, has this word. */
  boolean has(String name, String word) {
    for (String each : words(name)) {
      if (word.equalsIgnoreCase(each)) {
        return true;
      }
    }
    return false;
  }

  /** The words of a header that is a list separated by commas, over all its fields. */
  List<String> words(String name) {
    List<String> all = values.get(name);
    if (all == null) {
      return List.of();
    }
    List<String> words = new ArrayList<>();
    for (String value : all) {
      for (String word : value.split(",", -1)) {
        if (!word.isBlank()) {
          words.add(word.strip());
        }
      }
    }
    return words;
  }
}
