package dev.quire.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names that someone may have meant who wrote another one; for messages. Thread-safe. */
public final class Nearest {
  private static final int MOST = 3;

  private Nearest() {}

  private record Candidate(String name, int distance) {}

  /** Up to three known names that are close to the wanted one, the closest first. */
  public static List<String> names(String wanted, Collection<String> known) {
    String asked = wanted.toLowerCase(Locale.ROOT);
    int tolerance = Math.max(1, asked.length() / 3);
    return known.stream()
        .map(name -> new Candidate(name, distance(asked, name.toLowerCase(Locale.ROOT))))
        .filter(candidate -> candidate.distance <= tolerance)
        .sorted(Comparator.comparingInt(Candidate::distance).thenComparing(Candidate::name))
        .limit(MOST)
        .map(Candidate::name)
        .toList();
  }

  /** {@code Did you mean 'accounts'?}, or empty when nothing is close. */
  public static Optional<String> question(String wanted, Collection<String> known) {
    List<String> names = names(wanted, known);
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Did you mean '" + String.join("' or '", names) + "'?");
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours that make one text of the other. A
   * name that begins with the asked one, or ends with it, counts as close.
   */
  private static int distance(String a, String b) {
    if (a.length() >= 3 && (b.startsWith(a) || b.endsWith(a))) {
      return 1;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        cost[i][j] = i == 0 ? j : j == 0 ? i : cheapest(cost, a, b, i, j);
      }
    }
    return cost[a.length()][b.length()];
  }

  private static int cheapest(int[][] cost, String a, String b, int i, int j) {
    int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
  }
}
