package dev.quire.engine.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which names a source may have, being a SQL schema. */
final class SourceNames {
  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");

  private SourceNames() {}

  /** What is wrong with a name, if anything. */
  static Optional<String> check(String name) {
    if (name.equalsIgnoreCase("sys")) {
      return Optional.of(
          "'" + name + "' is kept for Quire's own tables; name the source otherwise");
    }
    if (!PLAIN.matcher(name).matches()) {
      return Optional.of(
          "'"
              + name
              + "' cannot name a source, because it is a schema in SQL: use letters, digits and _,"
              + " and begin with a letter");
    }
    return Optional.empty();
  }
}
