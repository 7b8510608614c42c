package dev.quire.http;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The credentials that were used last, as they are and as they are encoded, so that they can be
 * taken out of texts. Thread-safe.
 */
final class Secrets {
  private static final int MOST = 16;
  private final Deque<String> recent = new ArrayDeque<>();

  synchronized void add(String... texts) {
    for (String text : texts) {
      if (!text.isEmpty() && !recent.contains(text)) {
        recent.addFirst(text);
      }
    }
    while (recent.size() > MOST) {
      recent.removeLast();
    }
  }

  /** The longest first, so that none hides a part of another. */
  synchronized List<String> all() {
    return recent.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
  }
}
