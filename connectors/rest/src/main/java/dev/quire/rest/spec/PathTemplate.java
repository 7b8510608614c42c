package dev.quire.rest.spec;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths with {@code {name}} where a value goes. */
public final class PathTemplate {
  private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");

  private PathTemplate() {}

  /** The names, in the path's order. */
  public static Set<String> names(String path) {
    Set<String> names = new LinkedHashSet<>();
    Matcher matcher = NAME.matcher(path);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }

  /**
   * The path with values in place of the names.
   *
   * @param value gives a name's value, already encoded
   */
  public static String filled(String path, UnaryOperator<String> value) {
    return NAME.matcher(path)
        .replaceAll(found -> Matcher.quoteReplacement(value.apply(found.group(1))));
  }
}
