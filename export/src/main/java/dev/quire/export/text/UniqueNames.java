package dev.quire.export.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names made different from each other. */
public final class UniqueNames {
  private UniqueNames() {}

  /**
   * The names in their order; the second of two equal ones gets {@code _2}, unless that is taken.
   */
  public static List<String> of(List<String> names) {
    Set<String> taken = new HashSet<>(names);
    Set<String> used = new HashSet<>();
    List<String> unique = new ArrayList<>(names.size());
    for (String name : names) {
      String candidate = name;
      for (int i = 2; used.contains(candidate) || (i > 2 && taken.contains(candidate)); i++) {
        candidate = name + "_" + i;
      }
      used.add(candidate);
      unique.add(candidate);
    }
    return unique;
  }
}
