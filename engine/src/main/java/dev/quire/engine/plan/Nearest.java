package dev.quire.engine.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that the user may have meant. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  /** Up to three names near a wrong one, the nearest first; empty when none is near. */
  public static List<String> names(String wrong, Collection<String> known) {
    String sought = wrong.toLowerCase(Locale.ROOT);
    int most = Math.max(1, sought.length() / 3 + 1);
    return known.stream()
        .distinct()
        .filter(each -> distance(sought, each.toLowerCase(Locale.ROOT)) <= most)
        .sorted(Comparator.comparingInt(each -> distance(sought, each.toLowerCase(Locale.ROOT))))
        .limit(MOST)
        .toList();
  }

  /** As the end of a message: {@code ; did you mean accounts, account?}, or nothing. */
  public static String sentence(String wrong, Collection<String> known) {
    List<String> near = names(wrong, known);
    return near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?";
  }

  /** Edits to come from one to the other; a containing name counts as one edit away. */
  private static int distance(String from, String to) {
    if (from.length() > 2 && (to.contains(from) || from.contains(to) && to.length() > 2)) {
      return from.equals(to) ? 0 : 1;
    }
    int[] previous = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] row = new int[to.length() + 1];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = row;
    }
    return previous[to.length()];
  }
}
