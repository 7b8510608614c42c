package dev.quire.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code Prefer}. Immutable.
 *
 * @param maxPageSize 1 to 5,000, if one was asked for
 * @param annotations as asked for, comma-separated; empty for none
 */
record Preferences(OptionalInt maxPageSize, String annotations) {
  static final int LARGEST_PAGE = 5_000;
  static final String COUNT = "Microsoft.Dynamics.CRM.totalrecordcount";
  static final String COUNT_EXCEEDED = "Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded";
  static final String FORMATTED = "OData.Community.Display.V1.FormattedValue";
  static final String LOGICAL_NAME = "Microsoft.Dynamics.CRM.lookuplogicalname";

  private static final Pattern PAGE_SIZE =
      Pattern.compile("(?:^|[,;\\s])(?:odata\\.)?maxpagesize\\s*=\\s*\"?(\\d{1,9})\"?");
  private static final Pattern ANNOTATIONS =
      Pattern.compile("odata\\.include-annotations\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,;]+))");

  static Preferences parse(String header) {
    Matcher size = PAGE_SIZE.matcher(header);
    int wanted = size.find() ? Integer.parseInt(size.group(1)) : 0;
    Matcher annotations = ANNOTATIONS.matcher(header);
    String names = "";
    if (annotations.find()) {
      names = annotations.group(1) != null ? annotations.group(1) : annotations.group(2);
    }
    return new Preferences(
        wanted == 0 ? OptionalInt.empty() : OptionalInt.of(Math.min(wanted, LARGEST_PAGE)), names);
  }

  int pageSize() {
    return maxPageSize.orElse(LARGEST_PAGE);
  }

  /** Whether an annotation was asked for, by name or by a pattern that ends in a star. */
  boolean wants(String annotation) {
    for (String asked : annotations.split(",", -1)) {
      String name = asked.trim();
      boolean matches =
          name.endsWith("*")
              ? annotation.startsWith(name.substring(0, name.length() - 1))
              : annotation.equals(name);
      if (matches) {
        return true;
      }
    }
    return false;
  }

  /** The header {@code Preference-Applied}; empty when nothing was asked for. */
  String applied() {
    List<String> parts = new ArrayList<>();
    maxPageSize.ifPresent(size -> parts.add("odata.maxpagesize=" + size));
    if (!annotations.isEmpty()) {
      parts.add("odata.include-annotations=\"" + annotations + "\"");
    }
    return String.join(",", parts);
  }
}
